using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier.Cli.Commands;

/// <summary>The files that a painting is made from.</summary>
internal sealed record PaintSources
{
    /// <summary>The photograph; null for a texture.</summary>
    public PictureSource? Content { get; init; }

    public required IReadOnlyList<PictureSource> Styles { get; init; }

    public GuideSources Guides { get; init; } = GuideSources.None;

    public PictureSource? Initial { get; init; }

    public PictureSource? Palette { get; init; }

    public IReadOnlyCollection<PictureSource> All
        =>
        [
            .. ((PictureSource?[])[Content, .. Styles, Initial, Palette]).OfType<PictureSource>(), .. Guides.Files,
        ];

    /// <summary>Their paths, which a result never replaces.</summary>
    public IEnumerable<string> Paths
        => All.Select(source => source.Path).Where(path => path != InputFile.StandardInput);

    /// <summary>Reads them all. What is to be done with them is left open.</summary>
    /// <param name="settings">How regions are found that are not given.</param>
    /// <param name="outputPath">The result, beside which those are written.</param>
    public LoadedSources Load(Host host, PaintSettings settings, string outputPath)
    {
        InputFile? content = Content is null ? null : InputFile.Load(host, Content);
        StyleInput[] styles = [.. Styles.Select(style => StyleInput.Load(host, style))];
        LoadedGuides guides = Guides.Load(host, Styles.Count, count => FindRegions(
            host, settings, outputPath, count, content?.Picture, [.. styles.Select(style => style.Style)]));
        InputFile? initial = Initial is null ? null : InputFile.Load(host, Initial);
        InputFile? palette = Palette is null ? null : InputFile.Load(host, Palette);
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

    /// <summary>The regions that <c>--regions auto</c> asks for, written beside the result for a look.</summary>
    private RegionLabels FindRegions(
        Host host, PaintSettings settings, string outputPath, int count, Picture? content, Style[] styles)
    {
        if (content is null)
        {
            throw CliException.Usage("--regions auto has no photograph to find regions in.", "leave --regions out.");
        }

        RegionLabels labels = LabelSources.Find(count, content, styles, settings.Engine);
        if (outputPath != OutputFile.StandardOutput)
        {
            string[] paths = LabelSources.Save(host, labels, outputPath, Paths, settings.Force);
            if (!settings.Quiet)
            {
                host.Error.WriteLine($"regions: {string.Join(", ", paths)}");
            }
        }

        return labels;
    }
}

/// <summary>Files that were read: the request and the recipe without options, and what the decoders made up for.
/// </summary>
internal sealed record LoadedSources(StylizeRequest Request, Recipe Recipe, IReadOnlyList<string> Warnings);
