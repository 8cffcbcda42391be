using Atelier.Jobs.Blobs;

namespace Atelier.Jobs.Storage;

/// <summary>A job that a worker has begun.</summary>
/// <param name="Id">The job.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Fence">Rises with each claim: whoever has the highest may write.</param>
/// <param name="SpecificationText">What to make, as JSON, of which nothing is trusted.</param>
internal sealed record Claim(string Id, string Owner, long Fence, string SpecificationText)
{
    /// <summary>From where it goes on; null from its beginning.</summary>
    public BlobKey? Checkpoint { get; init; }

    /// <summary>The jobs that it was divided into, all of them done; empty if it was not.</summary>
    public IReadOnlyList<ClaimedPart> Parts { get; init; } = [];

    /// <summary>The owner of the blobs that only this job has, and that end with it.</summary>
    public string OwnBlobs => BlobKey.OwnerOf(Id);
}

/// <summary>A part of a claimed job that has been done.</summary>
/// <param name="SpecificationText">What it was, as JSON, of which nothing is trusted.</param>
/// <param name="Output">Its result.</param>
internal sealed record ClaimedPart(string SpecificationText, BlobKey Output);

/// <summary>The answer to a sign of life.</summary>
/// <param name="IsMine">Whether the job is still the worker's; if not, it stops.</param>
/// <param name="Pauses">Whether it is to be paused.</param>
/// <param name="IsWatched">Whether somebody wants previews.</param>
internal sealed record Beat(bool IsMine, bool Pauses, bool IsWatched)
{
    /// <summary>For how long previews are made after somebody asked for one.</summary>
    internal static TimeSpan WatchTime { get; } = TimeSpan.FromSeconds(10);
}
