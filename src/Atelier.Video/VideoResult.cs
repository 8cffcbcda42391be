using System.Collections.Immutable;

namespace Atelier.Video;

/// <summary>The result of a completed or interrupted video run.</summary>
public sealed record VideoResult
{
    /// <summary>Number of frames written.</summary>
    public required int Frames { get; init; }

    /// <summary>Index of the first frame of each scene, from 0.</summary>
    public required ImmutableArray<int> Scenes { get; init; }

    /// <summary>Whether every frame was painted; false after cancellation.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The measurements, if <see cref="VideoOptions.Report"/> is set; otherwise empty.</summary>
    public required VideoReport Report { get; init; }

    /// <summary>Warnings for the user.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}
