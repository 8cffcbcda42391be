using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;

namespace Atelier;

/// <summary>The result of a completed or interrupted run.</summary>
public sealed record StylizeResult
{
    /// <summary>The painted picture, with the content picture's alpha and profile.</summary>
    public required Picture Picture { get; init; }

    /// <summary>Whether every iteration was completed; false after cancellation, in which case <see cref="Picture"/> is
    /// the best so far.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The terms of the objective at the last iteration.</summary>
    public required ImmutableArray<LossTerm> Terms { get; init; }

    /// <summary>The loss history of each scale.</summary>
    public required ImmutableArray<ScaleReport> Scales { get; init; }

    /// <summary>Warnings for the user: a style smaller than the result, an enlarged photograph, …</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}
