namespace Atelier.Jobs;

/// <summary>What has become of a <see cref="Job"/>.</summary>
public enum JobState
{
    /// <summary>It waits for a worker.</summary>
    Queued,

    /// <summary>A worker runs it.</summary>
    Running,

    /// <summary>It waits until a person lets it go on, from where it was.</summary>
    Paused,

    /// <summary>Its result has been stored.</summary>
    Done,

    /// <summary>It failed, or its workers were lost too often.</summary>
    Failed,

    /// <summary>A person ended it.</summary>
    Canceled,
}
