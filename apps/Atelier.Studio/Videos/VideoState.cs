namespace Atelier.Studio.Videos;

/// <summary>What the work on a video is doing.</summary>
public enum VideoState
{
    /// <summary>It waits while a picture is painted.</summary>
    Waiting,

    /// <summary>It is being painted.</summary>
    Painting,

    /// <summary>It waits to be resumed.</summary>
    Paused,

    /// <summary>It is complete.</summary>
    Complete,

    /// <summary>It was ended before it was complete.</summary>
    Stopped,

    /// <summary>It failed.</summary>
    Failed,
}
