using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Options;

namespace Atelier.Pyramid;

/// <summary>A way from a prepared run to a painting.</summary>
internal interface ITransferMethod
{
    /// <summary>Seconds that each size will take on this machine.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    ImmutableArray<double> Time(TimeProvider clock, CancellationToken cancel);

    /// <summary>Paints.</summary>
    /// <param name="report">Told after every step, on the calling thread; may be null.</param>
    /// <param name="cancel">Ends the run early, with the best picture so far.</param>
    /// <exception cref="OperationCanceledException">Cancelled before there was anything to show.</exception>
    Painting Paint(Action<RunProgress>? report, CancellationToken cancel);
}

/// <summary>The ways that there are.</summary>
internal static class TransferMethods
{
    /// <summary>The way that a run's options ask for.</summary>
    internal static ITransferMethod Create(PreparedRun run) => run.Options.Optimizer switch
    {
        OptimizerKind.Adam or OptimizerKind.Lbfgs or OptimizerKind.Gd => new PyramidRun(run),
        OptimizerKind unknown => throw new UnreachableException($"There is no method for the optimizer {unknown}."),
    };
}

/// <summary>A step of a run that is done.</summary>
/// <param name="Scale">Number of the present size, from 1.</param>
/// <param name="ScaleCount">How many sizes there are.</param>
/// <param name="Size">The present size, with its steps.</param>
/// <param name="Iteration">Iterations done at this size.</param>
/// <param name="RunIteration">Steps done in the whole run.</param>
/// <param name="Fraction">Share of the whole run's work that is done, 0–1.</param>
/// <param name="Terms">The terms of the objective before the step.</param>
/// <param name="Picture">The picture at the present size.</param>
internal sealed record RunProgress(
    int Scale, int ScaleCount, PyramidScale Size, int Iteration, int RunIteration, double Fraction,
    ImmutableArray<LossTerm> Terms, LivePicture Picture);

/// <summary>What a run has come to.</summary>
/// <param name="Picture">The picture at the final size, before its colors are put back.</param>
/// <param name="IsComplete">Whether every iteration was completed.</param>
/// <param name="Terms">The terms of the objective at the last step.</param>
/// <param name="Scales">The loss history of each scale.</param>
internal sealed record Painting(
    PlanarPicture Picture, bool IsComplete, ImmutableArray<LossTerm> Terms, ImmutableArray<ScaleReport> Scales);
