using System.Collections.Immutable;
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

    /// <summary>The masks and regions.</summary>
    public GuideSources Guides { get; init; } = GuideSources.None;

    /// <summary>The initial picture; null for none.</summary>
    public PictureSource? Initial { get; init; }

    /// <summary>The picture whose colors are used instead of the photograph's; null for none.</summary>
    public PictureSource? Palette { get; init; }

    /// <summary>The changes while the picture is painted, and the guides after each; null keeps them.</summary>
    public IReadOnlyList<(RecipeChange Change, GuideSources? Guides)> Changes { get; init; } = [];

    /// <summary>All input files.</summary>
    public IReadOnlyCollection<PictureSource> All
        =>
        [
            .. ((PictureSource?[])[Content, .. Styles, Initial, Palette]).OfType<PictureSource>(), .. Guides.Files,
            .. Changes.SelectMany(each => each.Guides?.Files ?? []),
        ];

    /// <summary>The paths of the files, which a result never replaces.</summary>
    public IEnumerable<string> Paths
        => All.Select(source => source.Path).Where(path => path != InputFile.StandardInput);

    /// <summary>The memory to decode the pictures, in bytes, by the headers of the files; files that cannot be
    /// identified count nothing.</summary>
    internal long BytesOfPictures => Paths.Distinct().Sum(InputFile.BytesOfPicture);

    /// <summary>Returns the given styles, or otherwise those of a recipe.</summary>
    public static IReadOnlyList<PictureSource> ResolveStyles(IReadOnlyList<string>? given, Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        IEnumerable<string> paths = given is { Count: > 0 } ? given : recipe.Styles.Select(style => style.Path);
        return [.. paths.Select(path => new PictureSource("style", path, "style"))];
    }

    /// <summary>Returns the given palette, or otherwise that of a recipe if its options still use it.</summary>
    public static PictureSource? ResolvePalette(string? given, Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        string? path = given ?? (recipe.Options.Color == ColorKind.Style ? null : recipe.Palette?.Path);
        return path is null ? null : new PictureSource("palette", path, "palette");
    }

    /// <summary>Returns the input files of a recipe, with its changes.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="find">Locates a picture of the recipe, given its role, its option and its reference.</param>
    /// <param name="styles">The paths of other artworks than the recipe's; null for the recipe's.</param>
    /// <param name="guides">Masks and regions that override those of the recipe; null for none.</param>
    /// <exception cref="CodedException">Label pictures contradict each other.</exception>
    public static PaintSources Of(
        Recipe recipe, Func<string, string, RecipePicture, PictureSource> find, IReadOnlyList<string>? styles = null,
        GuidePaths? guides = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(find);
        PictureSource? One(string role, string option, RecipePicture? picture)
            => picture is null ? null : find(role, option, picture);
        return new PaintSources
        {
            Content = One("content", "content", recipe.Content),
            Styles = styles is { Count: > 0 }
                ? ResolveStyles(styles, recipe)
                : [.. recipe.Styles.Select(style => find("style", "style", style))],
            Guides = GuideSources.Resolve(guides ?? new GuidePaths(), recipe, find),
            Changes = [.. recipe.Changes.Select(change => (change, change.Masks is RecipeMasks masks
                ? GuideSources.Resolve(new GuidePaths(), masks.ApplyTo(recipe), find)
                : null))],
            Initial = One("initial picture", "init", recipe.Initial),
            Palette = One("palette", "palette", recipe.Palette),
        };
    }

    /// <summary>Checks everything that can be checked before a file is opened: that the options are valid for this
    /// number of styles, that the files exist, and that at most one is standard input.</summary>
    /// <exception cref="OptionsException">The options contradict each other.</exception>
    /// <exception cref="CodedException">A file does not exist, or several are standard input.</exception>
    public void Require(StylizeOptions options)
    {
        RequireValid(options);
        InputFile.Require(All);
    }

    /// <summary>Returns the references to all files, as they will be in the recipe, without decoding the
    /// pictures.</summary>
    /// <param name="nameOf">Returns the reference to a file.</param>
    public Recipe Describe(Func<PictureSource, RecipePicture> nameOf)
    {
        ArgumentNullException.ThrowIfNull(nameOf);
        return Describe(
            Guides.Describe(nameOf), Content is null ? null : nameOf(Content), [.. Styles.Select(nameOf)],
            Initial is null ? null : nameOf(Initial), Palette is null ? null : nameOf(Palette));
    }

    /// <summary>Checks that the options are valid for this number of styles.</summary>
    /// <exception cref="OptionsException">They are not.</exception>
    public void RequireValid(StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate(Styles.Count) is { Count: > 0 } problems)
        {
            throw new OptionsException(problems);
        }
    }

    /// <summary>Reads all files into a request without options.</summary>
    /// <param name="context">Supplies standard input and receives notes.</param>
    /// <param name="engine">The engine options, for automatic regions.</param>
    /// <param name="regions">Where automatic regions are written for inspection; null to write none.</param>
    /// <exception cref="AtelierException">A file cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public LoadedSources Load(WorkshopContext context, EngineOptions engine, RegionFiles? regions = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        InputFile? content = Content is null ? null : InputFile.Load(context, Content);
        StyleInput[] styles = [.. Styles.Select(style => StyleInput.Load(context, style))];
        LoadedGuides guides = Guides.Load(context, Styles.Count, count =>
        {
            RegionLabels found = LabelSources.Find(
                count, content?.Picture, [.. styles.Select(style => style.Style)], engine);
            if (regions is not null)
            {
                context.Report(new Note($"regions: {string.Join(", ", regions.Save(found, Paths))}"));
            }

            return found;
        });
        LoadedGuides?[] changed = [.. Changes.Select(each => each.Guides?.Load(
            context, Styles.Count, count => count == Guides.Labels?.Count
                ? guides.Guides.Labels!
                : LabelSources.Find(count, content?.Picture, [.. styles.Select(style => style.Style)], engine)))];
        InputFile? initial = Initial is null ? null : InputFile.Load(context, Initial);
        InputFile? palette = Palette is null ? null : InputFile.Load(context, Palette);
        StylizeRequest request = new()
        {
            Content = content?.Picture,
            Styles = [.. styles.Select(style => style.Style)],
            Guides = guides.Guides,
            Initial = initial?.Picture,
            Palette = palette?.Picture,
        };
        Recipe recipe = Describe(guides.Names, content?.Name, [.. styles.Select(style => style.Name)],
            initial?.Name, palette?.Name) with
        {
            Changes = [.. Changes.Zip(changed, (each, masks) => each.Change with
            {
                Masks = masks is null ? null : RecipeMasks.Of(masks.Names),
            })],
        };
        return new LoadedSources(request, recipe,
        [
            .. content?.Warnings ?? [], .. styles.SelectMany(style => style.Warnings), .. guides.Warnings,
            .. initial?.Warnings ?? [], .. palette?.Warnings ?? [],
        ])
        {
            Changes = [.. Changes.Zip(changed, (each, masks) => (each.Change, masks?.Guides))],
        };
    }

    private static Recipe Describe(
        Recipe guides, RecipePicture? content, ImmutableArray<RecipePicture> styles, RecipePicture? initial,
        RecipePicture? palette) => guides with
        {
            AtelierVersion = Recipe.LibraryVersion,
            Content = content,
            Styles = styles,
            Initial = initial,
            Palette = palette,
        };
}

/// <summary>Input files that have been loaded.</summary>
/// <param name="Request">The pictures, without options.</param>
/// <param name="Recipe">The references to them, without options.</param>
/// <param name="Warnings">Warnings of the decoders.</param>
public sealed record LoadedSources(StylizeRequest Request, Recipe Recipe, IReadOnlyList<string> Warnings)
{
    /// <summary>The changes while the picture is painted.</summary>
    internal IReadOnlyList<(RecipeChange Change, SpatialGuides? Guides)> Changes { get; init; } = [];

    /// <summary>Returns the request with options, and with the changes of them.</summary>
    /// <exception cref="AtelierException">A change names no option.</exception>
    public StylizeRequest RequestWith(StylizeOptions options)
    {
        List<StylizeChange> changes = [];
        StylizeOptions present = options;
        SpatialGuides? guides = null;
        foreach ((RecipeChange change, SpatialGuides? masks) in Changes)
        {
            (present, guides) = (change.Apply(present), masks ?? guides);
            changes.Add(new StylizeChange(change.AfterIteration, present) { Guides = guides });
        }

        return Request with { Options = options, Changes = [.. changes] };
    }
}
