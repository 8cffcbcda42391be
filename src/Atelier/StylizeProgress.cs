using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;

namespace Atelier;

/// <summary>Where a run stands after a step.</summary>
public sealed record StylizeProgress
{
    /// <summary>Number of the current size, from 1.</summary>
    public required int Scale { get; init; }

    /// <summary>How many sizes there are.</summary>
    public required int ScaleCount { get; init; }

    /// <summary>Width at the current size, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height at the current size, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Steps done at the current size, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Steps to do at the current size.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps done in the whole run, from 1; a run that was resumed counts on.</summary>
    public required int StepOfRun { get; init; }

    /// <summary>Share of the whole run's work that is done, 0–1.</summary>
    public required double Fraction { get; init; }

    /// <summary>The terms of the objective before the step.</summary>
    public required ImmutableArray<LossTerm> Terms { get; init; }

    /// <summary>The objective before the step: the sum of the terms.</summary>
    public double Loss => Terms.Sum(term => term.Value);

    /// <summary>Makes the picture as it stands when this is called, at the size of this report: from any thread, at any
    /// time. While a step is being done it waits for its end; when the size or the run has ended, it is the last
    /// picture there.</summary>
    public required Func<Picture> Preview { get; init; }
}
