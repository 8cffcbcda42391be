using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Optimizers;

namespace Atelier.Pyramid;

/// <summary>Changes of a run between two iterations.</summary>
internal interface ISteering
{
    /// <summary>Number of changes so far, and of those that are still scheduled.</summary>
    int Count { get; }

    /// <summary>Returns the number of iterations of the whole run after which a change takes effect.</summary>
    int IterationOf(int change);

    /// <summary>Returns the run after the first changes; null if there are none of them.</summary>
    PreparedRun? RunAfter(int count);

    /// <summary>Returns the run with the next change, if it takes effect now; otherwise null.</summary>
    /// <param name="applied">Number of changes that have taken effect.</param>
    /// <param name="iterations">Number of iterations of the whole run so far.</param>
    PreparedRun? Next(int applied, int iterations);

    /// <summary>Waits while the run is paused.</summary>
    void Wait(CancellationToken cancel);

    /// <summary>Whether the run was ended to return to an earlier state, so that its present one is of no
    /// use.</summary>
    bool IsTakenBack { get; }

    /// <summary>Whether <see cref="Keep"/> is wanted.</summary>
    bool KeepsMoments { get; }

    /// <summary>Receives the state of the run before it changes, at the start of each scale, and when it
    /// ends.</summary>
    void Keep(RunMoment moment);

    /// <summary>Throws if a changed run does not paint the same scales, with or without further ones.</summary>
    /// <exception cref="OptionsException">A scale is another one.</exception>
    static void RequireSameScales(PreparedRun before, PreparedRun after)
    {
        IEnumerable<(int, int)> SizesOf(PreparedRun run)
            => run.Scales.Select(plan => (plan.Scale.Width, plan.Scale.Height));
        if (!SizesOf(after).Take(before.Scales.Length).SequenceEqual(SizesOf(before)))
        {
            throw new OptionsException(new Problem(
                "size", "would change the scales of the painting",
                "keep the scales, and add larger ones with scales " +
                $"{string.Join(',', before.Scales.Select(plan => plan.Scale.LongSide))},…"));
        }
    }
}

/// <summary>The complete state of a run between two iterations, in memory.</summary>
/// <param name="State">The progress.</param>
/// <param name="Values">The rest of the state by name.</param>
/// <param name="Run">The run as it was.</param>
/// <param name="Painting">The painting as it was.</param>
internal sealed record RunMoment(
    RunState State, ImmutableDictionary<string, float[]> Values, PreparedRun Run, PlanarPicture Painting)
{
    /// <summary>Number of iterations of the whole run.</summary>
    internal int Iterations => State.Finished.Sum(scale => scale.Losses.Length) + State.Present.Losses.Length;

    /// <summary>Memory in bytes.</summary>
    internal long Bytes => sizeof(float) * (Values.Values.Sum(values => (long)values.Length) + Painting.Values.Length);

    /// <summary>Restores the state of a stage.</summary>
    internal void Restore(PyramidStage stage)
    {
        stage.Optimizer.Numbers = State.Optimizer;
        foreach (SavedValues saved in stage.SavedValues)
            saved.Write(Values[saved.Name]);
    }
}
