using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Variations;

namespace Atelier.Studio.Variations;

/// <summary>A grid of drafts of one painting that differ in one or two options.</summary>
public sealed record VariationPlan
{
    /// <summary>Maximum number of drafts of a grid.</summary>
    public const int MaxCells = 64;

    private VariationPlan(PaintingChoice basis, Axis across, Axis? down)
        => (Basis, Across, Down) = (basis, across, down);

    /// <summary>The painting.</summary>
    public PaintingChoice Basis { get; }

    /// <summary>What is varied from column to column.</summary>
    public Axis Across { get; }

    /// <summary>What is varied from row to row; null for a single row.</summary>
    public Axis? Down { get; }

    /// <summary>The drafts, row by row.</summary>
    public ImmutableArray<PlannedDraft> Cells { get; private init; }

    /// <summary>The options that all drafts share, those that are varied apart.</summary>
    public StylizeOptions SharedOptions { get; private init; } = StylizeOptions.Default;

    /// <summary>Those of them that a command must name.</summary>
    public ImmutableArray<OptionDefinition<StylizeOptions>> SharedChanges { get; private init; } = [];

    /// <summary>The masks and regions.</summary>
    public GuidePaths Guides { get; private init; } = new();

    /// <summary>Whether the artwork is varied.</summary>
    public bool VariesArtwork => Varies(Variation.Style);

    /// <summary>Whether the preset is varied.</summary>
    public bool VariesPreset => Varies(Variation.Preset);

    /// <summary>Plans a grid.</summary>
    /// <param name="basis">The painting; complete.</param>
    /// <param name="across">What to vary from column to column.</param>
    /// <param name="down">What to vary from row to row; null for a single row.</param>
    /// <param name="folder">Where the pictures are; examples become files of it.</param>
    /// <exception cref="AtelierException">A value cannot be used, something is varied twice, or there are too many
    /// drafts.</exception>
    /// <exception cref="IOException">An example cannot be stored.</exception>
    public static VariationPlan Of(PaintingChoice basis, Axis across, Axis? down, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(across);
        if (!basis.IsComplete)
        {
            throw CodedException.Usage("there is no photograph or no artwork.", "choose one first");
        }

        Axis[] axes = down is null ? [across] : [across, down];
        VariationPlan plan = new(basis, across, down);
        if (plan.VariesArtwork)
        {
            // One artwork at a time has no share, and no mask of another.
            basis = basis with
            {
                Masks = basis.Masks.WithoutArtworks,
                Options = basis.Options with { StyleWeights = [] },
            };
        }

        foreach (Axis axis in axes)
            axis.Require(basis.Options);
        int count = axes.Aggregate(1, (product, axis) => product * axis.Values.Length);
        if (count > MaxCells)
        {
            throw CodedException.Usage($"{count} drafts are too many.", $"the maximum is {MaxCells}; take values away");
        }

        StylizeOptions draft = Draft.Of(basis.Options);
        GuidePaths guides = basis.Masks.PathsIn(folder, draft);
        PaintSources sources = ChosenSources.Of(basis, guides, folder);
        Dictionary<string, StoredPicture> artworks = [];
        ImmutableArray<Variant> Expand(StylizeOptions options, string[] kept)
        {
            Variation[] variations =
                [.. axes.Select(axis => VariationOf(axis, options, kept, folder, artworks))];
            Variation.RequireSheet(variations);
            return Variation.Expand(variations, new Variant(sources, options));
        }

        string[] changed = [.. CommandLine.Changed(basis.Options, basis.PresetOptions).Select(option => option.Name)];
        string[] kept = [.. changed.Union(Draft.OwnOptions)];
        return plan with
        {
            SharedOptions = draft,
            Guides = guides,
            SharedChanges = plan.VariesPreset
                ? [.. kept.Select(StylizeOptionTable.Get)]
                : [.. CommandLine.Changed(draft, basis.PresetOptions)],
            Cells =
            [
                .. Expand(basis.Options, changed).Zip(
                    Expand(draft, kept),
                    (full, small) => new PlannedDraft(ChoiceOf(full, basis, artworks), small)),
            ],
        };
    }

    private bool Varies(string name) => Across.Name == name || Down?.Name == name;

    /// <param name="axis">What is varied.</param>
    /// <param name="options">The options that are not varied.</param>
    /// <param name="kept">The names of those that another preset does not change.</param>
    /// <param name="folder">Where artworks are.</param>
    /// <param name="artworks">Receives those that are varied, by path.</param>
    private static Variation VariationOf(
        Axis axis, StylizeOptions options, string[] kept, StudioFolder folder,
        Dictionary<string, StoredPicture> artworks)
    {
        switch (axis.Name)
        {
            case Variation.Style:
                StoredPicture[] pictures = [.. axis.Values.Select(name => Find(name, folder))];
                foreach (StoredPicture picture in pictures)
                    artworks[folder.PathOf(picture)] = picture;
                return Variation.OfStyles([.. pictures.Select(folder.PathOf)]);
            case Variation.Preset:
                return Variation.OfPresets(axis.Values, preset => kept.Select(StylizeOptionTable.Get).Aggregate(
                    Presets.ByName[preset], (changed, option) => option.Change(changed, option.Show(options))));
            default:
                return Variation.OfOption(StylizeOptionTable.Get(axis.Name), axis.Values);
        }
    }

    private static StoredPicture Find(string name, StudioFolder folder)
    {
        foreach (PictureKind kind in (PictureKind[])[PictureKind.Artworks, PictureKind.Styles])
        {
            if (folder.Find(kind, name) is not null)
            {
                return new StoredPicture(kind, name);
            }
        }

        return Examples.Read(PictureKind.Artworks, name) is byte[] example
            ? folder.Add(PictureKind.Artworks, name, example)
            : throw CodedException.Usage(
                $"'{name}' is not among the artworks and styles.", "choose another", Variation.Style);
    }

    private static PaintingChoice ChoiceOf(
        Variant variant, PaintingChoice basis, Dictionary<string, StoredPicture> artworks) => basis with
        {
            Options = variant.Options,
            Preset = variant.Values.GetValueOrDefault(Variation.Preset, basis.Preset),
            Artworks = variant.Values.TryGetValue(Variation.Style, out string? path)
                ? [artworks[path]]
                : basis.Artworks,
        };
}

/// <summary>A draft of a grid.</summary>
/// <param name="Choice">The painting itself, at its full size.</param>
/// <param name="Variant">The files and options of the draft.</param>
public sealed record PlannedDraft(PaintingChoice Choice, Variant Variant)
{
    /// <summary>What distinguishes it, such as <c>content-weight 0.06, style-scale 2</c>.</summary>
    public string Label => string.Join(", ", Variant.Values.Select(value => value.Key == Variation.Style
        ? Path.GetFileNameWithoutExtension(value.Value)
        : $"{value.Key} {value.Value}"));

    /// <summary>The name of its picture among the results.</summary>
    public string ResultName
        => $"{Choice.Photograph!.Title} - {Label.Replace(", ", " ", StringComparison.Ordinal)}.png";
}
