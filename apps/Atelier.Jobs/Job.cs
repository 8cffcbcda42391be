using Atelier.Jobs.Blobs;
using Atelier.Workshop;

namespace Atelier.Jobs;

/// <summary>A job of a <see cref="JobQueue"/>, as it was when it was read.</summary>
public sealed record Job
{
    /// <summary>Ten letters and digits, which name it for ever.</summary>
    public required string Id { get; init; }

    /// <summary>What it makes.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>The name of its result, such as <c>lake--starry.png</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Who added it. Owners take turns.</summary>
    public required string Owner { get; init; }

    /// <summary>The batch, sweep or film that it belongs to; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Jobs of a higher priority run first; 0 is the usual one.</summary>
    public int Priority { get; init; }

    /// <summary>What has become of it.</summary>
    public required JobState State { get; init; }

    /// <summary>How often a worker has begun it.</summary>
    public int Attempts { get; init; }

    /// <summary>The finished part of it, 0–1.</summary>
    public double Progress { get; init; }

    /// <summary>What is being done, such as <c>512 × 341, iteration 40 of 120</c>; null if nothing is known.</summary>
    public string? Activity { get; init; }

    /// <summary>The worker that runs it, or ran it last; null if none has.</summary>
    public string? Worker { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When a worker began it last; null if none has.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it was over; null if it is not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Its result; null if there is none yet.</summary>
    public BlobKey? Output { get; init; }

    /// <summary>A small JPEG of the unfinished picture; null if nobody has asked for one.</summary>
    public BlobKey? Preview { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The name under which a studio keeps its result; null if none does.</summary>
    public string? KeptAs { get; init; }

    /// <summary>Whether it is over, for good or until it is tried again.</summary>
    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Canceled;
}
