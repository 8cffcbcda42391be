using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Workshop.Inputs;

/// <summary>The sources of a run's masks and regions.</summary>
public sealed record GuideSources
{
    /// <summary>No guides.</summary>
    public static GuideSources None { get; } = new();

    /// <summary>A file or the name of a predefined mask (<see cref="StyleMask"/>) for each style.</summary>
    public ImmutableArray<PictureSource> Masks { get; init; } = [];

    /// <summary>A file or <c>all</c> for each style.</summary>
    public ImmutableArray<PictureSource> Regions { get; init; } = [];

    /// <summary>The preserve mask; null for none.</summary>
    public PictureSource? Preserve { get; init; }

    /// <summary>The color mask; null to restore colors everywhere.</summary>
    public PictureSource? ColorMask { get; init; }

    /// <summary>The label pictures that pair regions; null for none.</summary>
    public LabelSources? Labels { get; init; }

    /// <summary>The sources that are files.</summary>
    public IEnumerable<PictureSource> Files => Masks.Where(IsFile).Concat(Regions.Where(region => region.Path != All))
        .Concat(((PictureSource?[])[Preserve, ColorMask]).OfType<PictureSource>()).Concat(Labels?.Files ?? []);

    private static string All => StyleMask.All.Name;

    /// <summary>Returns the explicitly given guides, and takes those that are not given from a recipe.</summary>
    /// <param name="given">Paths and values that override those of the recipe.</param>
    /// <param name="recipe">The recipe, for guides that are not given.</param>
    /// <param name="find">Locates a picture of the recipe, given its role, its option and its reference; null uses the
    /// path as it is.</param>
    /// <exception cref="CodedException">Label pictures contradict each other.</exception>
    public static GuideSources Resolve(
        GuidePaths given, Recipe recipe, Func<string, string, RecipePicture, PictureSource>? find = null)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(recipe);
        find ??= (role, option, picture) => new PictureSource(role, picture.Path, option);
        ImmutableArray<PictureSource> SourcesOf(
            string role, string option, IReadOnlyList<string> paths, IEnumerable<RecipePicture> named)
            => paths.Count > 0
                ? [.. paths.Select(path => new PictureSource(role, path, option))]
                : [.. named.Select(picture => StyleMask.FromName(picture.Path) is null
                    ? find(role, option, picture)
                    : new PictureSource(role, picture.Path, option))];
        PictureSource? One(string option, string? path, RecipePicture? named)
            => path is not null ? new PictureSource("mask", path, option)
                : named is null ? null
                : find("mask", option, named);
        return new GuideSources
        {
            Masks = SourcesOf("style mask", "style-mask", given.Masks, recipe.StyleMasks),
            Regions = SourcesOf("style region", "style-region", given.Regions, recipe.StyleRegions),
            Preserve = One("preserve", given.Preserve, recipe.Preserve),
            ColorMask = One("color-mask", given.ColorMask, recipe.ColorMask),
            Labels = LabelSources.Resolve(given.Labels, given.StyleLabels, recipe, find),
        };
    }

    /// <summary>Reads the files, and throws if the guides are invalid.</summary>
    /// <param name="context">Supplies standard input.</param>
    /// <param name="styleCount">Number of styles.</param>
    /// <param name="findRegions">Finds the given number of regions in the pictures of the run.</param>
    /// <exception cref="OptionsException">The guides do not match the styles.</exception>
    /// <exception cref="AtelierException">A file cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public LoadedGuides Load(WorkshopContext context, int styleCount, Func<int, RegionLabels> findRegions)
    {
        Dictionary<PictureSource, InputFile> files = [];
        foreach (PictureSource source in Files)
            files.TryAdd(source, InputFile.LoadSamples(context, source));
        Picture? MaskOf(PictureSource? source) => source is null ? null : WithSharedPlanes(files[source].Picture);
        SpatialGuides guides = new()
        {
            StyleMasks =
                [.. Masks.Select(mask => StyleMask.FromName(mask.Path) ?? StyleMask.FromPicture(MaskOf(mask)!))],
            StyleRegions = [.. Regions.Select(region => region.Path == All ? null : MaskOf(region))],
            Preserve = MaskOf(Preserve),
            ColorMask = MaskOf(ColorMask),
            Labels = Labels?.Load(source => files[source].Picture, findRegions),
        };
        if (guides.Validate(styleCount) is { Count: > 0 } problems)
        {
            throw new OptionsException(problems);
        }

        return new LoadedGuides(
            guides, Describe(source => files[source].Name), [.. files.Values.SelectMany(file => file.Warnings)]);
    }

    /// <summary>Returns a recipe with only the references to the guides.</summary>
    /// <param name="nameOf">Returns the reference to a file.</param>
    internal Recipe Describe(Func<PictureSource, RecipePicture> nameOf)
    {
        HashSet<PictureSource> files = [.. Files];
        RecipePicture NameOf(PictureSource source)
            => files.Contains(source) ? nameOf(source) : new RecipePicture(source.Path);
        return new Recipe
        {
            StyleMasks = [.. Masks.Select(NameOf)],
            StyleRegions = [.. Regions.Select(NameOf)],
            Preserve = Preserve is null ? null : NameOf(Preserve),
            ColorMask = ColorMask is null ? null : NameOf(ColorMask),
            Labels = Labels?.Word ?? (Labels?.Content is PictureSource labels ? NameOf(labels) : null),
            StyleLabels = [.. (Labels?.Styles ?? []).Select(NameOf)],
        };
    }

    /// <summary>A gray mask needs one plane in memory, not three.</summary>
    private static Picture WithSharedPlanes(Picture mask)
        => mask.Red.AsSpan().SequenceEqual(mask.Green) && mask.Red.AsSpan().SequenceEqual(mask.Blue)
            ? new Picture(mask.Width, mask.Height, mask.Red, mask.Red, mask.Red, mask.Alpha)
            : mask;

    private static bool IsFile(PictureSource mask) => StyleMask.FromName(mask.Path) is null;
}

/// <summary>Guides as the user entered them: paths and text values.</summary>
public sealed record GuidePaths
{
    /// <summary>A file, <c>all</c> or <c>rest</c> for each style; empty for none.</summary>
    public IReadOnlyList<string> Masks { get; init; } = [];

    /// <summary>A file or <c>all</c> for each style; empty for none.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The preserve mask; null for none.</summary>
    public string? Preserve { get; init; }

    /// <summary>The color mask; null for none.</summary>
    public string? ColorMask { get; init; }

    /// <summary>The label picture of the photograph, or <c>auto:K</c>.</summary>
    public string? Labels { get; init; }

    /// <summary>The label picture of each artwork; empty for none.</summary>
    public IReadOnlyList<string> StyleLabels { get; init; } = [];
}

/// <summary>Guides loaded from files.</summary>
/// <param name="Guides">The guides.</param>
/// <param name="Names">A recipe with only the references to the guides.</param>
/// <param name="Warnings">Warnings of the decoders.</param>
public sealed record LoadedGuides(SpatialGuides Guides, Recipe Names, ImmutableArray<string> Warnings);
