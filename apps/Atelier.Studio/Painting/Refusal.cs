using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Studio.Painting;

/// <summary>A change that a running picture cannot take.</summary>
/// <param name="Reason">Why not, as a sentence.</param>
/// <param name="Options">The options that were wanted, with which another painting can begin; null if it is a mask that
/// cannot be used.</param>
public sealed record Refusal(string Reason, StylizeOptions? Options)
{
    /// <summary>The reasons as data, if they are about options.</summary>
    public ImmutableArray<Problem> Problems { get; init; } = [];
}
