using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Paintings;

/// <summary>One painting of a <see cref="JobRunner"/>.</summary>
/// <param name="Label">What distinguishes it from the others, in messages; never empty.</param>
/// <param name="Sources">The input files.</param>
/// <param name="Options">All options.</param>
/// <param name="OutputPath">The file to write.</param>
public sealed record PaintJob(string Label, PaintSources Sources, StylizeOptions Options, string OutputPath)
{
    /// <summary>The result beside which automatic regions are written.</summary>
    public string RegionsBeside { get; init; } = OutputPath;
}

/// <summary>What became of a <see cref="PaintJob"/>.</summary>
public enum JobState
{
    /// <summary>It has not been started.</summary>
    Waiting,

    /// <summary>Its result has been painted and written.</summary>
    Painted,

    /// <summary>Its result existed already, with the same recipe.</summary>
    Existing,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was canceled before it was finished; nothing was written.</summary>
    Interrupted,
}

/// <summary>What became of a <see cref="PaintJob"/>, and why.</summary>
/// <param name="Job">The job.</param>
/// <param name="State">What became of it.</param>
public sealed record JobOutcome(PaintJob Job, JobState State = JobState.Waiting)
{
    /// <summary>Whether there is a finished result.</summary>
    public bool IsDone => State is JobState.Painted or JobState.Existing;

    /// <summary>Why it failed; null if it did not.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The recipe; null if it failed before its pictures were read.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>Time for loading, painting and writing, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The picture as far as it was painted; null if there is none, or if it existed already.</summary>
    internal Picture? Picture { get; init; }
}

/// <summary>The progress of a <see cref="JobRunner"/>.</summary>
/// <param name="Count">Number of jobs.</param>
/// <param name="Finished">Number of jobs that have ended.</param>
/// <param name="Fraction">Finished part of the paintings that did not exist at the beginning, 0–1.</param>
/// <param name="Label">The label of the job that this report is about.</param>
public sealed record JobsProgress(int Count, int Finished, double Fraction, string Label)
{
    /// <summary>How the job ended; null if it continues.</summary>
    public JobOutcome? Ended { get; init; }
}
