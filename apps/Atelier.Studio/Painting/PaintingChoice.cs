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

    /// <summary>The name of the preset from which the options started.</summary>
    public string Preset { get; init; } = DefaultPreset;

    /// <summary>All options.</summary>
    public StylizeOptions Options { get; init; } = Presets.ByName[DefaultPreset];

    /// <summary>The options of the preset.</summary>
    public StylizeOptions PresetOptions => Presets.ByName[Preset];

    /// <summary>Whether there is enough to paint.</summary>
    public bool IsComplete => Photograph is not null && Artworks.Length > 0;

    /// <summary>Returns the choice with another artwork, whose share is that of the others on average.</summary>
    public PaintingChoice With(StoredPicture artwork)
        => Artworks.Contains(artwork) ? this : WithArtworks(Artworks.Add(artwork));

    /// <summary>Returns the choice without an artwork.</summary>
    public PaintingChoice Without(StoredPicture artwork) => WithArtworks(Artworks.Remove(artwork));

    /// <summary>Returns the choice with a preset, and the size as it is.</summary>
    public PaintingChoice WithPreset(string preset)
        => this with { Preset = preset, Options = Presets.ByName[preset] };

    private PaintingChoice WithArtworks(ImmutableArray<StoredPicture> artworks)
        => this with { Artworks = artworks, Options = Options with { StyleWeights = [] } };
}
