namespace Atelier.Pyramid;

/// <summary>Predicts how long a run takes on this machine, from trials at two small sizes.</summary>
/// <remarks>The time of an iteration has a constant part (the algebra of the style losses) and a part proportional to
/// the cost of the convolutions, which represents everything that grows with the picture.</remarks>
internal sealed class RunTiming
{
    private const int SmallSide = 128;
    private const int LargeSide = 384;
    private const int Tries = 5;

    // Larger maps leave the caches: from 512² to 2048² a pixel takes 1.08 to 1.15 times as long (docs/performance.md).
    private const double GrowthOfDoubling = 0.07;

    private readonly double _secondsOfStep;
    private readonly double _secondsOfWork;
    private readonly double _secondsOfSetUp;

    private RunTiming(double secondsOfStep, double secondsOfWork, double secondsOfSetUp)
        => (_secondsOfStep, _secondsOfWork, _secondsOfSetUp) = (secondsOfStep, secondsOfWork, secondsOfSetUp);

    /// <summary>Runs a few iterations at small sizes.</summary>
    /// <exception cref="OperationCanceledException">The trial was canceled.</exception>
    internal static RunTiming Measure(PreparedRun run, TimeProvider clock, CancellationToken cancel)
    {
        (double smallWork, double smallStep, double _) = Try(run, SmallSide, clock, cancel);
        (double largeWork, double largeStep, double setUp) = Try(run, LargeSide, clock, cancel);
        double ofWork = Math.Max(0, largeStep - smallStep) / Math.Max(1, largeWork - smallWork);
        return new RunTiming(Math.Max(0, largeStep - (ofWork * largeWork)), ofWork, setUp / largeWork);
    }

    /// <summary>Returns the predicted seconds for a whole scale.</summary>
    internal double SecondsFor(ScaleMemoryPlan plan)
    {
        double doublings = Math.Max(0, Math.Log2((double)plan.Scale.LongSide / LargeSide));
        double work = WorkOf(plan) * (1 + (GrowthOfDoubling * doublings));
        return (plan.Scale.Iterations * (_secondsOfStep + (_secondsOfWork * work))) + (_secondsOfSetUp * work);
    }

    // Without a network, the cost is a few operations per pixel.
    private static double WorkOf(ScaleMemoryPlan plan)
        => plan.Encoder?.Work ?? 100.0 * plan.Scale.Width * plan.Scale.Height;

    private static (double Work, double Step, double SetUp) Try(
        PreparedRun run, int side, TimeProvider clock, CancellationToken cancel)
    {
        (int width, int height) =
            ScaleSchedule.IntermediateSize(run.FullSize.Width, run.FullSize.Height, side, run.Options);
        ScaleMemoryPlan plan = MemoryPlanner.Plan(run, new PyramidScale(width, height, Iterations: 1));
        long start = clock.GetTimestamp();
        using PyramidStage stage = new(run, plan, previous: null, warm: null);
        double setUp = clock.GetElapsedTime(start).TotalSeconds;

        // The first iteration compiles code and packs filters.
        stage.Step(0);
        double[] seconds = new double[Tries];
        for (int i = 0; i < Tries; i++)
        {
            cancel.ThrowIfCancellationRequested();
            start = clock.GetTimestamp();
            stage.Step(i + 1);
            seconds[i] = clock.GetElapsedTime(start).TotalSeconds;
        }

        return (WorkOf(plan), seconds.Order().ElementAt(Tries / 2), setUp);
    }
}
