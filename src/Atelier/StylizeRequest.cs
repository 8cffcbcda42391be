using System.Collections.Immutable;
using Atelier.Imaging;

namespace Atelier;

/// <summary>What is to be painted: the pictures and the options.</summary>
public sealed record StylizeRequest
{
    /// <summary>The photograph.</summary>
    public required Picture Content { get; init; }

    /// <summary>The artworks, or what style files keep of them; one or more, unless the style weight is 0.</summary>
    public required ImmutableArray<Style> Styles { get; init; }

    /// <summary>All knobs.</summary>
    public StylizeOptions Options { get; init; } = StylizeOptions.Default;

    /// <summary>Where styles act, what is taken of them, and what stays as it is.</summary>
    public Guides Guides { get; init; } = Guides.None;

    /// <summary>The picture to start from, for <see cref="InitKind.File"/>; resized as needed.</summary>
    public Picture? Initial { get; init; }

    /// <summary>The picture whose colors stand in for the photograph's, where <see cref="StylizeOptions.Color"/> takes
    /// those; null for the photograph's own.</summary>
    public Picture? Palette { get; init; }

    /// <summary>Where the run's state is kept and taken up from; null keeps none.</summary>
    public CheckpointOptions? Checkpoint { get; init; }
}
