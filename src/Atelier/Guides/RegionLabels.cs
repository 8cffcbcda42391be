using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Guides;

/// <summary>Label pictures: each color is a region, and a region of the result takes its style from the region of the
/// same color in the style pictures.</summary>
/// <remarks>Colors are flat; noise of a lossy file and blends at edges go to the nearest color. A picture may have any
/// size: it is spread over the one that it labels. A color of <see cref="Content"/> that no style has takes the whole
/// of every style; one that only styles have is not used.</remarks>
/// <param name="Content">The regions of the photograph.</param>
/// <param name="Styles">The regions of each style picture, in their order.</param>
public sealed record RegionLabels(Picture Content, ImmutableArray<Picture> Styles)
{
    /// <summary>Whether both have the same pictures; a picture is equal to itself only.</summary>
    public bool Equals(RegionLabels? other)
        => other is not null && Content == other.Content && Contents.AreEqual(Styles, other.Styles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Content, Contents.HashOf(Styles));
}
