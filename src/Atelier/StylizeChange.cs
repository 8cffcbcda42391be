using Atelier.Guides;
using Atelier.Options;

namespace Atelier;

/// <summary>A change of a run while the picture is painted.</summary>
/// <param name="AfterIteration">Number of iterations of the whole run after which it takes effect, 0 or more.</param>
/// <param name="Options">All options from then on.</param>
public sealed record StylizeChange(int AfterIteration, StylizeOptions Options)
{
    /// <summary>The guides from then on; null keeps them.</summary>
    public SpatialGuides? Guides { get; init; }
}
