using Atelier.Recipes;

namespace Atelier.Video;

/// <summary>Where a run keeps its frames, so that it can be taken up again after any interruption and ends with the
/// same frames.</summary>
public sealed record SpoolOptions
{
    /// <summary>The file, which grows with each frame. It stays when the run ends: whoever has stored the result
    /// removes it.</summary>
    public required string Path { get; init; }

    /// <summary>What is painted, the video as <see cref="Recipe.Content"/>. Frames of other files, told apart by their
    /// hashes, or of other options are refused.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Whether to go on from the file, which must be there.</summary>
    public bool Resume { get; init; }
}
