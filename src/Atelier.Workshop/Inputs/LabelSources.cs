using System.Collections.Immutable;
using System.Globalization;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Regions;
using Atelier.Styles;

namespace Atelier.Workshop.Inputs;

/// <summary>The sources of the label pictures.</summary>
/// <param name="Content">The file for the photograph; null if regions are found automatically.</param>
/// <param name="Styles">The files for the style pictures.</param>
/// <param name="Count">Number of regions to find; null for files.</param>
public sealed record LabelSources(PictureSource? Content, ImmutableArray<PictureSource> Styles, int? Count)
{
    private const string Auto = "auto", Option = "regions", StylesOption = "style-regions";

    /// <summary>The files.</summary>
    public IEnumerable<PictureSource> Files => Content is null ? [] : [Content, .. Styles];

    /// <summary>The value in a recipe that asks for automatic regions; null if the regions come from files.</summary>
    public RecipePicture? Word => Count is int count ? new(WordOf(count)) : null;

    /// <summary>Returns the value that asks for a number of automatic regions.</summary>
    public static string WordOf(int count) => string.Create(CultureInfo.InvariantCulture, $"{Auto}:{count}");

    /// <summary>Returns the explicitly given label pictures, or otherwise those of a recipe.</summary>
    /// <param name="content">The given label picture of the photograph, or <c>auto:K</c>; null if none was
    /// given.</param>
    /// <param name="styles">The given label pictures of the artworks.</param>
    /// <param name="recipe">The recipe, if no label picture is given.</param>
    /// <param name="find">Locates a picture of the recipe, given its role, its option and its reference.</param>
    /// <returns>The sources; null if there are no regions.</returns>
    /// <exception cref="CodedException">The label pictures contradict each other.</exception>
    public static LabelSources? Resolve(
        string? content, IReadOnlyList<string> styles, Recipe recipe,
        Func<string, string, RecipePicture, PictureSource> find)
    {
        ArgumentNullException.ThrowIfNull(styles);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(find);
        if ((content ?? recipe.Labels?.Path) is not string labels)
        {
            return styles.Count == 0 ? null : throw CodedException.Usage(
                $"{StylesOption} is given without {Option}.", "add the label picture of the photograph", StylesOption);
        }

        if (ParseCount(labels) is int count)
        {
            return styles.Count == 0 ? new LabelSources(null, [], count) : throw CodedException.Usage(
                $"{Option} auto also finds the regions of the style pictures.", "leave out their label pictures",
                Option);
        }

        if (content is not null && styles.Count == 0)
        {
            throw CodedException.Usage($"{Option} {content} is given without {StylesOption}.",
                "add one label picture for each style, or use auto:3", Option);
        }

        return new LabelSources(
            content is not null
                ? new PictureSource("regions", content, Option)
                : find("regions", Option, recipe.Labels!),
            styles.Count > 0
                ? [.. styles.Select(path => new PictureSource("style regions", path, StylesOption))]
                : [.. recipe.StyleLabels.Select(picture => find("style regions", StylesOption, picture))],
            null);
    }

    /// <summary>Parses K from <c>auto:K</c>; null if the text is a file.</summary>
    /// <exception cref="CodedException">The number is invalid or out of range.</exception>
    public static int? ParseCount(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text != Auto && !text.StartsWith($"{Auto}:", StringComparison.Ordinal))
        {
            return null;
        }

        bool isNumber = int.TryParse(
            text.AsSpan(Math.Min(text.Length, Auto.Length + 1)), NumberStyles.None, CultureInfo.InvariantCulture,
            out int count);
        return isNumber && count is >= 2 and <= RegionFinder.MaxRegions ? count : throw CodedException.Usage(
            $"{Option} is '{text}'.", $"give auto:2 to auto:{RegionFinder.MaxRegions}, or a file", Option);
    }

    /// <summary>Finds regions shared by the pictures of a run.</summary>
    /// <param name="count">Number of regions.</param>
    /// <param name="content">The photograph; null is an error.</param>
    /// <param name="styles">The styles, which must be artworks.</param>
    /// <param name="engine">The engine options.</param>
    /// <exception cref="CodedException">There is no photograph or no artwork, or a style has only
    /// statistics.</exception>
    public static RegionLabels Find(int count, Picture? content, IReadOnlyList<Style> styles, EngineOptions engine)
    {
        ArgumentNullException.ThrowIfNull(styles);
        if (content is null)
        {
            throw CodedException.Usage(
                $"{Option} auto has no photograph to find regions in.", "leave it out", Option);
        }

        if (styles.Count == 0)
        {
            throw CodedException.Usage(
                $"{Option} auto has no style picture to pair regions with.", "add an artwork", Option);
        }

        Picture[] artworks = [.. styles.Select(style => style.Picture ?? throw CodedException.Usage(
            $"{Option} auto needs the artworks themselves; a style file has no picture.",
            "give the artwork as the style, or leave regions out", Option))];
        using RegionFinder finder = new(engine);
        return finder.Find(content, artworks, count);
    }

    /// <summary>Loads or finds the label pictures.</summary>
    /// <param name="read">Decodes a file.</param>
    /// <param name="find">Finds the given number of regions.</param>
    internal RegionLabels Load(Func<PictureSource, Picture> read, Func<int, RegionLabels> find)
        => Count is int count ? find(count) : new RegionLabels(read(Content!), [.. Styles.Select(read)]);
}
