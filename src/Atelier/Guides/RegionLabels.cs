using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier.Guides;

/// <summary>Label pictures: each color marks one region, and each region of the result takes its style from the region
/// of the same color in the style pictures.</summary>
/// <remarks>Regions are flat colors; compression noise and blended edges are assigned to the nearest color. A label
/// picture may have any size: it is stretched over the picture that it labels. A region of <see cref="Content"/> whose
/// color no style has uses the whole of every style; a color that only styles have is ignored.</remarks>
/// <param name="Content">The regions of the photograph.</param>
/// <param name="Styles">The regions of each style picture, in their order.</param>
public sealed record RegionLabels(Picture Content, ImmutableArray<Picture> Styles)
{
    /// <summary>Whether both contain the same picture objects.</summary>
    public bool Equals(RegionLabels? other)
        => other is not null && Content == other.Content && Contents.AreEqual(Styles, other.Styles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Content, Contents.HashOf(Styles));
}
