namespace Atelier.Jobs.Storage;

/// <summary>How those who wait for changes of jobs learn of them.</summary>
internal static class JobChanges
{
    /// <summary>The channel on which PostgreSQL tells of changes.</summary>
    internal const string Channel = "atelier_jobs";
}
