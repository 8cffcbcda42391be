using Atelier.Engine;
using Atelier.Guides;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Inputs;

/// <summary>The input files of a run.</summary>
public sealed record PaintSources
{
    /// <summary>The photograph; null for a texture.</summary>
    public PictureSource? Content { get; init; }

    /// <summary>The artworks and style files.</summary>
    public required IReadOnlyList<PictureSource> Styles { get; init; }

    /// <summary>Where styles act.</summary>
    public GuideSources Guides { get; init; } = GuideSources.None;

    /// <summary>The picture to start from; null for none.</summary>
    public PictureSource? Initial { get; init; }

    /// <summary>The picture whose colors stand in for the photograph's; null for none.</summary>
    public PictureSource? Palette { get; init; }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<PictureSource> All
        =>
        [
            .. ((PictureSource?[])[Content, .. Styles, Initial, Palette]).OfType<PictureSource>(), .. Guides.Files,
        ];

    /// <summary>The paths of the files, which a result never replaces.</summary>
    public IEnumerable<string> Paths
        => All.Select(source => source.Path).Where(path => path != InputFile.StandardInput);

    /// <summary>The styles that are given, or else those of a recipe.</summary>
    public static IReadOnlyList<PictureSource> StylesOf(IReadOnlyList<string>? given, Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        IEnumerable<string> paths = given is { Count: > 0 } ? given : recipe.Styles.Select(style => style.Path);
        return [.. paths.Select(path => new PictureSource("style", path, "style"))];
    }

    /// <summary>The palette that is given, or else that of a recipe, unless its colors were turned off.</summary>
    public static PictureSource? PaletteOf(string? given, Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        string? path = given ?? (recipe.Options.Color == ColorKind.Style ? null : recipe.Palette?.Path);
        return path is null ? null : new PictureSource("palette", path, "palette");
    }

    /// <summary>Refuses options that cannot be used with so many styles, files that are not there, and standard input
    /// for several of them: what can be told before a file is opened.</summary>
    /// <exception cref="OptionsException">The options contradict each other.</exception>
    /// <exception cref="CodedException">A file is not there.</exception>
    public void Require(StylizeOptions options)
    {
        RequireValid(options);
        InputFile.Require(All);
    }

    internal void RequireValid(StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate(Styles.Count) is { Count: > 0 } problems)
        {
            throw new OptionsException(problems);
        }
    }

    /// <summary>Reads all files into a request without options.</summary>
    /// <param name="around">Where files come from, and who is told of regions.</param>
    /// <param name="engine">Settings for finding regions automatically.</param>
    /// <param name="regions">Where those are written for a look; null for nowhere.</param>
    /// <exception cref="AtelierException">A file cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public LoadedSources Load(Surroundings around, EngineOptions engine, RegionFiles? regions = null)
    {
        ArgumentNullException.ThrowIfNull(around);
        InputFile? content = Content is null ? null : InputFile.Load(around, Content);
        StyleInput[] styles = [.. Styles.Select(style => StyleInput.Load(around, style))];
        LoadedGuides guides = Guides.Load(around, Styles.Count, count =>
        {
            RegionLabels found = LabelSources.Find(
                count, content?.Picture, [.. styles.Select(style => style.Style)], engine);
            if (regions is not null)
            {
                around.Tell(new Note($"regions: {string.Join(", ", regions.Save(found, Paths))}"));
            }

            return found;
        });
        InputFile? initial = Initial is null ? null : InputFile.Load(around, Initial);
        InputFile? palette = Palette is null ? null : InputFile.Load(around, Palette);
        StylizeRequest request = new()
        {
            Content = content?.Picture,
            Styles = [.. styles.Select(style => style.Style)],
            Guides = guides.Guides,
            Initial = initial?.Picture,
            Palette = palette?.Picture,
        };
        Recipe recipe = guides.Names with
        {
            AtelierVersion = Recipe.LibraryVersion,
            Content = content?.Name,
            Styles = [.. styles.Select(style => style.Name)],
            Initial = initial?.Name,
            Palette = palette?.Name,
        };
        return new LoadedSources(request, recipe,
        [
            .. content?.Warnings ?? [], .. styles.SelectMany(style => style.Warnings), .. guides.Warnings,
            .. initial?.Warnings ?? [], .. palette?.Warnings ?? [],
        ]);
    }
}

/// <summary>Files that were read.</summary>
/// <param name="Request">The pictures, without options.</param>
/// <param name="Recipe">Their names, without options.</param>
/// <param name="Warnings">What the decoders made up for.</param>
public sealed record LoadedSources(StylizeRequest Request, Recipe Recipe, IReadOnlyList<string> Warnings);
