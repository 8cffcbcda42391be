using System.Collections.Immutable;
using System.CommandLine;
using Atelier.Guides;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>The options that say where styles act, the same for every command that has styles.</summary>
internal sealed class GuideOptions
{
    private readonly Option<string[]> _masks = new("--style-mask")
    {
        Description = "Where in the result a style acts (white = fully): one for each --style, in order",
        HelpName = "FILE|all|rest",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _regions = new("--style-region")
    {
        Description = "Which part of a style picture is taken (white): one for each --style, in order",
        HelpName = "FILE|all",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _preserve = new("--preserve")
    {
        Description = "Where the result stays the photograph (white = exactly)",
        HelpName = "FILE",
    };

    private readonly Option<string?> _colorMask = new("--color-mask")
    {
        Description = "Where --color content puts colors back (white = fully) [default: everywhere]",
        HelpName = "FILE",
    };

    private readonly LabelOptions _labels;

    public GuideOptions(Command command)
    {
        _masks.CompletionSources.Add(StyleMask.All.Name, StyleMask.Rest.Name);
        _regions.CompletionSources.Add(StyleMask.All.Name);
        foreach (Option option in (Option[])[_masks, _regions, _preserve, _colorMask])
            command.Add(option);
        _labels = new LabelOptions(command);
    }

    /// <summary>What is given, or else what a recipe says.</summary>
    public GuideSources Read(ParseResult parse, Recipe? recipe = null)
        => Read(
            parse, recipe ?? new Recipe(), (role, option, picture) => new PictureSource(role, picture.Path, option));

    /// <summary>What is given, or else what a recipe says, whose pictures are looked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="recipe">Names what is not given.</param>
    /// <param name="find">The source of a role, an option and a picture of the recipe.</param>
    public GuideSources Read(
        ParseResult parse, Recipe recipe, Func<string, string, RecipePicture, PictureSource> find)
    {
        PictureSource SourceOf(string role, Option option, RecipePicture picture, bool isGiven)
            => isGiven || StyleMask.OfWord(picture.Path) is not null
                ? new PictureSource(role, picture.Path, option.Name)
                : find(role, option.Name, picture);
        ImmutableArray<PictureSource> SourcesOf(string role, Option<string[]> option, IEnumerable<RecipePicture> named)
            => parse.GetValue(option) is { Length: > 0 } given
                ? [.. given.Select(path => SourceOf(role, option, new RecipePicture(path), isGiven: true))]
                : [.. named.Select(picture => SourceOf(role, option, picture, isGiven: false))];
        PictureSource? One(Option<string?> option, RecipePicture? named)
            => parse.GetValue(option) is string path ? new PictureSource("mask", path, option.Name)
                : named is null ? null
                : find("mask", option.Name, named);
        return new GuideSources
        {
            Masks = SourcesOf("style mask", _masks, recipe.StyleMasks),
            Regions = SourcesOf("style region", _regions, recipe.StyleRegions),
            Preserve = One(_preserve, recipe.Preserve),
            ColorMask = One(_colorMask, recipe.ColorMask),
            Labels = _labels.Read(parse, recipe, find),
        };
    }
}

/// <summary>Where the guides of a run come from.</summary>
internal sealed record GuideSources
{
    public static GuideSources None { get; } = new();

    /// <summary>A file or a word of <see cref="StyleMask"/> for each style.</summary>
    public ImmutableArray<PictureSource> Masks { get; init; } = [];

    /// <summary>A file or <c>all</c> for each style.</summary>
    public ImmutableArray<PictureSource> Regions { get; init; } = [];

    public PictureSource? Preserve { get; init; }

    public PictureSource? ColorMask { get; init; }

    public LabelSources? Labels { get; init; }

    /// <summary>Those that are files.</summary>
    public IEnumerable<PictureSource> Files => Masks.Where(IsFile).Concat(Regions.Where(region => region.Path != All))
        .Concat(((PictureSource?[])[Preserve, ColorMask]).OfType<PictureSource>()).Concat(Labels?.Files ?? []);

    private static string All => StyleMask.All.Name;

    /// <summary>Reads the files, and refuses guides that cannot be used.</summary>
    /// <param name="findRegions">Finds so many regions in the pictures of the run.</param>
    public LoadedGuides Load(Host host, int styleCount, Func<int, RegionLabels> findRegions)
    {
        Dictionary<PictureSource, InputFile> files = [];
        foreach (PictureSource source in Files)
            files.TryAdd(source, InputFile.Load(host, source));
        RecipePicture NameOf(PictureSource source)
            => files.TryGetValue(source, out InputFile? file) ? file.Name : new RecipePicture(source.Path);
        SpatialGuides guides = new()
        {
            StyleMasks =
                [.. Masks.Select(mask => StyleMask.OfWord(mask.Path) ?? StyleMask.Of(files[mask].Picture))],
            StyleRegions = [.. Regions.Select(region => files.GetValueOrDefault(region)?.Picture)],
            Preserve = Preserve is null ? null : files[Preserve].Picture,
            ColorMask = ColorMask is null ? null : files[ColorMask].Picture,
            Labels = Labels?.Load(source => files[source].Picture, findRegions),
        };
        if (guides.Validate(styleCount) is { Count: > 0 } problems)
        {
            throw new OptionsException(problems);
        }

        return new LoadedGuides(
            guides,
            new Recipe
            {
                StyleMasks = [.. Masks.Select(NameOf)],
                StyleRegions = [.. Regions.Select(NameOf)],
                Preserve = Preserve is null ? null : NameOf(Preserve),
                ColorMask = ColorMask is null ? null : NameOf(ColorMask),
                Labels = Labels?.Word ?? (Labels?.Content is PictureSource labels ? NameOf(labels) : null),
                StyleLabels = [.. (Labels?.Styles ?? []).Select(NameOf)],
            },
            [.. files.Values.SelectMany(file => file.Warnings)]);
    }

    private static bool IsFile(PictureSource mask) => StyleMask.OfWord(mask.Path) is null;
}

/// <summary>Guides that were read, how a recipe names them, and what the decoders made up for.</summary>
internal sealed record LoadedGuides(SpatialGuides Guides, Recipe Names, ImmutableArray<string> Warnings);
