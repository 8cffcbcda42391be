using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Studio.Inside;

/// <summary>What a small painting is to be.</summary>
/// <param name="Options">All options.</param>
public sealed record PanelPlan(StylizeOptions Options)
{
    /// <summary>The photograph; null for a texture.</summary>
    public Subject? Photograph { get; init; }

    /// <summary>The artworks, in order.</summary>
    public ImmutableArray<Subject> Artworks { get; init; } = [];

    /// <summary>The picture whose colors are used; null uses the photograph's.</summary>
    public Subject? Palette { get; init; }

    /// <summary>Where styles apply.</summary>
    public FigureGuide Guide { get; init; } = FigureGuide.None;

    /// <summary>The name of the painting among the texts, as a caption; null if it needs none.</summary>
    public string? Name { get; init; }

    /// <summary>What the painting has to start anew for, although it could go on: what it has become so far would
    /// remain visible in what becomes of it.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Whether a painting of one plan can go on with another, as far as its pictures are concerned.</summary>
    internal bool HasPicturesOf(PanelPlan other)
        => Photograph == other.Photograph && Artworks.SequenceEqual(other.Artworks) && Palette == other.Palette
            && Guide.Kind == other.Guide.Kind && Origin == other.Origin;
}
