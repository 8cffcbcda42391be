using System.Collections.Immutable;
using Atelier.Recipes;

namespace Atelier.Video;

/// <summary>Where a video run stores its frames, so that it can be resumed after any interruption and still produce the
/// same frames.</summary>
public sealed record VideoCheckpointOptions
{
    /// <summary>The checkpoint file, which grows with each frame. It remains when the run ends; delete it after the
    /// result has been stored.</summary>
    public required string Path { get; init; }

    /// <summary>What is painted, with the video as <see cref="Recipe.Content"/>. A checkpoint of other files (compared
    /// by hash) or of other options is rejected.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Scenes of the video that other runs have painted with the same recipe and options: a run that does not
    /// resume takes their frames over, and paints only what is missing.</summary>
    public ImmutableArray<PaintedScene> Scenes { get; init; } = [];

    /// <summary>Whether to resume from the file, which must exist.</summary>
    public bool Resume { get; init; }
}
