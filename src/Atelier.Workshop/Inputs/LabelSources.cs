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

    /// <summary>How a recipe says that regions were found; null where they were not.</summary>
    public RecipePicture? Word
        => Count is int count ? new(string.Create(CultureInfo.InvariantCulture, $"{Auto}:{count}")) : null;

    /// <summary>What is given, or else what a recipe says, whose pictures are looked for.</summary>
    /// <param name="content">The label picture of the photograph that is given, or <c>auto:K</c>; null for
    /// none.</param>
    /// <param name="styles">The label pictures of the artworks that are given.</param>
    /// <param name="recipe">Names what is not given.</param>
    /// <param name="find">Locates a picture of the recipe, given its role and its option.</param>
    /// <returns>Null for no regions.</returns>
    /// <exception cref="CodedException">They contradict each other.</exception>
    public static LabelSources? Of(
        string? content, IReadOnlyList<string> styles, Recipe recipe,
        Func<string, string, RecipePicture, PictureSource> find)
    {
        ArgumentNullException.ThrowIfNull(styles);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(find);
        if ((content ?? recipe.Labels?.Path) is not string labels)
        {
            return styles.Count == 0 ? null : throw CodedException.Usage(
                $"{StylesOption} has no counterpart.", "add the label picture of the photograph", StylesOption);
        }

        if (CountOf(labels) is int count)
        {
            return styles.Count == 0 ? new LabelSources(null, [], count) : throw CodedException.Usage(
                $"{Option} auto finds the style pictures' regions too.", "leave their label pictures out", Option);
        }

        if (content is not null && styles.Count == 0)
        {
            throw CodedException.Usage($"{Option} {content} has no counterpart.",
                "add one label picture for each style, or take auto:3", Option);
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
    /// <exception cref="CodedException">The number does not fit.</exception>
    public static int? CountOf(string text)
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
    /// <param name="count">How many.</param>
    /// <param name="content">The photograph; null for none, which is refused.</param>
    /// <param name="styles">The styles, which must be artworks.</param>
    /// <param name="engine">How the features are computed.</param>
    /// <exception cref="CodedException">There is no photograph, no artwork, or only the statistics of one.</exception>
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

    /// <summary>The label pictures.</summary>
    /// <param name="read">Decodes a file.</param>
    /// <param name="find">Finds the given number of regions.</param>
    internal RegionLabels Load(Func<PictureSource, Picture> read, Func<int, RegionLabels> find)
        => Count is int count ? find(count) : new RegionLabels(read(Content!), [.. Styles.Select(read)]);
}
