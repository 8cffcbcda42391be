using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;

namespace Atelier;

/// <summary>Progress of a run after an iteration.</summary>
public sealed record StylizeProgress
{
    /// <summary>Number of the current scale, starting at 1.</summary>
    public required int Scale { get; init; }

    /// <summary>Number of scales.</summary>
    public required int ScaleCount { get; init; }

    /// <summary>Width of the picture at the current scale, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the picture at the current scale, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Number of iterations completed at the current scale, starting at 1.</summary>
    public required int Iteration { get; init; }

    /// <summary>Total number of iterations at the current scale.</summary>
    public required int IterationCount { get; init; }

    /// <summary>Number of iterations completed in the whole run, starting at 1; a resumed run continues the
    /// count.</summary>
    public required int RunIteration { get; init; }

    /// <summary>Fraction of the whole run's work that is done, 0–1.</summary>
    public required double Fraction { get; init; }

    /// <summary>The terms of the objective before the iteration.</summary>
    public required ImmutableArray<LossTerm> Terms { get; init; }

    /// <summary>The objective before the iteration: the sum of the terms.</summary>
    public double Loss => Terms.Sum(term => term.Value);

    /// <summary>Returns the current state of the painting as a picture, at the scale of this report. It may be called
    /// from any thread at any time. During an iteration it waits until the iteration ends; after the scale or the run
    /// has ended, it returns the last picture of the scale.</summary>
    public required Func<Picture> Preview { get; init; }
}
