using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Painting;

/// <summary>What is to be painted: the pictures and all options.</summary>
public sealed record PaintingChoice
{
    /// <summary>The preset to begin with.</summary>
    public const string DefaultPreset = "normal";

    /// <summary>The photograph; null if none is chosen yet.</summary>
    public StoredPicture? Photograph { get; init; }

    /// <summary>The artworks, in order.</summary>
    public ImmutableArray<StoredPicture> Artworks { get; init; } = [];

    /// <summary>The masks and regions at the beginning.</summary>
    public PaintingMasks Masks { get; init; } = PaintingMasks.None;

    /// <summary>The name of the preset from which the options started.</summary>
    public string Preset { get; init; } = DefaultPreset;

    /// <summary>All options.</summary>
    public StylizeOptions Options { get; init; } = Presets.ByName[DefaultPreset];

    /// <summary>The options of the preset.</summary>
    public StylizeOptions PresetOptions => Presets.ByName[Preset];

    /// <summary>The masks that fit the pictures: without a photograph there are none, and those of artworks go if the
    /// number of artworks has changed.</summary>
    public PaintingMasks FittingMasks
        => Photograph is null ? PaintingMasks.None : Masks.Fitting(Artworks.Length);

    /// <summary>Whether there is enough to paint.</summary>
    public bool IsComplete => Photograph is not null && Artworks.Length > 0;

    /// <summary>The name of the picture among the results; the choice is complete.</summary>
    public string ResultName
        => $"{Photograph!.Title} - {string.Join(" + ", Artworks.Select(artwork => artwork.Title))}.png";

    /// <summary>Returns the choice with another artwork, whose share is that of the others on average.</summary>
    public PaintingChoice With(StoredPicture artwork)
        => Artworks.Contains(artwork)
            ? this
            : WithArtworks(Artworks.Add(artwork)) with { Masks = Masks.WithArtwork(Artworks.Length + 1) };

    /// <summary>Returns the choice without an artwork and its mask.</summary>
    public PaintingChoice Without(StoredPicture artwork)
        => Artworks.IndexOf(artwork) is int index and >= 0
            ? WithArtworks(Artworks.RemoveAt(index)) with { Masks = Masks.WithoutArtwork(index) }
            : this;

    /// <summary>Returns the choice with a file under another name.</summary>
    internal PaintingChoice Renamed(StoredPicture before, StoredPicture after) => this with
    {
        Photograph = Photograph == before ? after : Photograph,
        Artworks = [.. Artworks.Select(artwork => artwork == before ? after : artwork)],
    };

    /// <summary>Returns the choice with another photograph, to which the masks of the last do not belong.</summary>
    public PaintingChoice WithPhotograph(StoredPicture? photograph)
        => this with { Photograph = photograph, Masks = PaintingMasks.None };

    /// <summary>Returns the choice with the options of a preset, and the shares of the artworks as they are.</summary>
    public PaintingChoice WithPreset(string preset) => this with
    {
        Preset = preset,
        Options = Presets.ByName[preset] with { StyleWeights = Options.StyleWeights },
    };

    private PaintingChoice WithArtworks(ImmutableArray<StoredPicture> artworks)
        => this with { Artworks = artworks, Options = Options with { StyleWeights = [] } };
}
