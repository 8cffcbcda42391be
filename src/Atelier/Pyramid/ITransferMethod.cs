using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Options;

namespace Atelier.Pyramid;

/// <summary>A method of style transfer: turns a prepared run into a painting.</summary>
internal interface ITransferMethod
{
    /// <summary>Predicts how many seconds each scale will take on this machine.</summary>
    /// <exception cref="OperationCanceledException">The trial was canceled.</exception>
    ImmutableArray<double> Time(TimeProvider clock, CancellationToken cancel);

    /// <summary>Paints the picture.</summary>
    /// <param name="report">Called after every iteration, on the calling thread; may be null.</param>
    /// <param name="cancel">Ends the run early, with the best picture so far.</param>
    /// <exception cref="OperationCanceledException">The run was canceled before there was a picture to
    /// return.</exception>
    Painting Paint(Action<RunProgress>? report, CancellationToken cancel);
}

/// <summary>The available methods.</summary>
internal static class TransferMethods
{
    /// <summary>Creates the method that the options of a run select.</summary>
    /// <param name="run">The run.</param>
    /// <param name="steering">Changes of the run while it is painted; null for none.</param>
    /// <param name="from">The state that it goes on from; null starts it.</param>
    internal static ITransferMethod Create(PreparedRun run, ISteering? steering = null, RunMoment? from = null)
        => run.Options.Optimizer switch
        {
            OptimizerKind.Adam or OptimizerKind.Lbfgs or OptimizerKind.Gd => new PyramidRun(run, steering, from),
            OptimizerKind unknown => throw new UnreachableException($"There is no method for the optimizer {unknown}."),
        };
}

/// <summary>Progress of a run after an iteration.</summary>
/// <param name="Run">The run as it is now.</param>
/// <param name="Scale">Number of the current scale, starting at 1.</param>
/// <param name="ScaleCount">Number of scales.</param>
/// <param name="Size">The size of the current scale and its iterations.</param>
/// <param name="Iteration">Number of iterations completed at this scale.</param>
/// <param name="RunIteration">Number of iterations completed in the whole run.</param>
/// <param name="Fraction">Fraction of the whole run's work that is done, 0–1.</param>
/// <param name="Terms">The terms of the objective before the iteration.</param>
/// <param name="Picture">The picture at the current scale.</param>
internal sealed record RunProgress(
    PreparedRun Run, int Scale, int ScaleCount, PyramidScale Size, int Iteration, int RunIteration, double Fraction,
    ImmutableArray<LossTerm> Terms, LivePicture Picture);

/// <summary>The outcome of a run before finishing.</summary>
/// <param name="Run">The run as it was at the end.</param>
/// <param name="Picture">The painting at the final size, before color restoration.</param>
/// <param name="IsComplete">Whether every iteration was completed.</param>
/// <param name="Terms">The terms of the objective at the last iteration.</param>
/// <param name="Scales">The loss history of each scale.</param>
internal sealed record Painting(
    PreparedRun Run, PlanarPicture Picture, bool IsComplete, ImmutableArray<LossTerm> Terms,
    ImmutableArray<ScaleReport> Scales);
