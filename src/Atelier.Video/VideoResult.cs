using System.Collections.Immutable;

namespace Atelier.Video;

/// <summary>A finished (or interrupted) video.</summary>
public sealed record VideoResult
{
    /// <summary>Frames that were written.</summary>
    public required int Frames { get; init; }

    /// <summary>The first frame of each scene, counted from 0.</summary>
    public required ImmutableArray<int> Scenes { get; init; }

    /// <summary>Whether every frame was painted; false after a cancellation.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>What was measured, for <see cref="VideoOptions.Report"/>; otherwise empty.</summary>
    public required VideoReport Report { get; init; }

    /// <summary>What the user should know.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}
