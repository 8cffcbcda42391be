using System.Collections.Immutable;

namespace Atelier.Losses;

/// <summary>What happened at one size.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Losses">The objective before each step.</param>
public sealed record ScaleReport(int Width, int Height, ImmutableArray<double> Losses)
{
    /// <summary>What the objective is the sum of, term by term; empty where it was not recorded.</summary>
    public ImmutableArray<TermHistory> Terms { get; init; } = [];
}

/// <summary>One term of the objective over the steps at one size.</summary>
/// <param name="Name">Kind and place, as in <see cref="LossTerm.Name"/>.</param>
/// <param name="Values">Its value before each step, the weight included.</param>
public sealed record TermHistory(string Name, ImmutableArray<double> Values);
