namespace Atelier.Jobs;

/// <summary>Which jobs of a queue to list, newest first if nothing else is said.</summary>
public sealed record JobFilter
{
    /// <summary>The largest number of jobs in one answer.</summary>
    public const int MaxCount = 1000;

    /// <summary>Those of this owner; null for all.</summary>
    public string? Owner { get; init; }

    /// <summary>Those of this group; null for all.</summary>
    public string? Group { get; init; }

    /// <summary>Those in this state; null for all.</summary>
    public JobState? State { get; init; }

    /// <summary>Those with these identifiers, at most <see cref="MaxCount"/>; null for all.</summary>
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Whether only those that are not over, with those first that are to begin first.</summary>
    public bool IsInTurn { get; init; }

    /// <summary>How many at most, 1 to <see cref="MaxCount"/>.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Those that are older than this job, which was the last of the page before; null for the
    /// newest.</summary>
    public Job? Before { get; init; }
}
