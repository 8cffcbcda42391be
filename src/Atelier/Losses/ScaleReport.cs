using System.Collections.Immutable;

namespace Atelier.Losses;

/// <summary>The loss history of one scale.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Losses">The objective before each iteration.</param>
public sealed record ScaleReport(int Width, int Height, ImmutableArray<double> Losses)
{
    /// <summary>The history of each term of the objective; empty if it was not recorded.</summary>
    public ImmutableArray<TermHistory> Terms { get; init; } = [];
}

/// <summary>The history of one term of the objective at one scale.</summary>
/// <param name="Name">Name of the term, as in <see cref="LossTerm.Name"/>.</param>
/// <param name="Values">Value of the term before each iteration, including its weight.</param>
public sealed record TermHistory(string Name, ImmutableArray<double> Values);
