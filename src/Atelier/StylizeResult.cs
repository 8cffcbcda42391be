using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;

namespace Atelier;

/// <summary>A finished (or interrupted) style transfer.</summary>
public sealed record StylizeResult
{
    /// <summary>The painted picture, with the content picture's alpha and profile.</summary>
    public required Picture Picture { get; init; }

    /// <summary>Whether every step was done; false after a cancellation,
    /// when <see cref="Picture"/> is the best so far.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The terms of the objective at the last step.</summary>
    public required ImmutableArray<LossTerm> Terms { get; init; }

    /// <summary>Objective before each step, for each size.</summary>
    public required ImmutableArray<ScaleReport> Scales { get; init; }

    /// <summary>What the user should know: a style smaller than the result, an enlarged photograph, …</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}
