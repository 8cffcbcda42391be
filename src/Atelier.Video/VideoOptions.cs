using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Video;

/// <summary>Every option of a video beside those of its single frames, with its default. Names, ranges and words stand
/// in <see cref="VideoOptionTable"/>. Options are equal when all of their values are.</summary>
public sealed record VideoOptions
{
    /// <summary>What happens when nothing is asked for.</summary>
    public static VideoOptions Default { get; } = new();

    /// <summary>Strength of the temporal term, which holds a frame to the one before, moved along with its things; 0
    /// leaves it out.</summary>
    public double TemporalWeight { get; init; } = 200;

    /// <summary>How many frames back a frame is compared, growing, from 1; several keep what was hidden for a moment
    /// the same.</summary>
    public ImmutableArray<int> LongTerm { get; init; } = [1];

    /// <summary>Steps for each frame that follows another; null takes a third of those at the final size. The first
    /// frame of a scene is painted as a picture is.</summary>
    public int? FrameIterations { get; init; }

    /// <summary>How often the video is gone through, forth and back in turn.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>How far the style that later frames of a scene are painted in is that of its first one, as it was
    /// painted, so that textures do not drift: 0–1. Above 0, colors do not drift either: their means follow the
    /// video's alone.</summary>
    public double Anchor { get; init; } = 0.2;

    /// <summary>Whether the last frame is to lead back to the first.</summary>
    public bool Loop { get; init; }

    /// <summary>How different two neighboring frames are where a new scene begins, 0–1; 1 finds no scenes.</summary>
    public double SceneCut { get; init; } = 0.5;

    /// <summary>Whether to measure each frame.</summary>
    public bool Report { get; init; }

    /// <summary>Whether frames are painted more than once.</summary>
    internal bool IsRevised => PassCount > 1;

    /// <summary>How often frames are painted, that for closing a loop included.</summary>
    internal int PassCount => Passes + (Loop ? 1 : 0);

    /// <summary>Checks every option and names all problems at once.</summary>
    public IReadOnlyList<Problem> Validate()
        => [.. VideoOptionTable.All.SelectMany(option => option.ProblemsWith(this))];

    /// <summary>Whether all values are equal; lists are compared by what they hold.</summary>
    public bool Equals(VideoOptions? other)
        => other is not null && VideoOptionTable.All.All(option => option.AreEqual(this, other));

    /// <inheritdoc/>
    public override int GetHashCode()
        => VideoOptionTable.All.Aggregate(0, (hash, option) => HashCode.Combine(hash, option.HashOf(this)));

    /// <summary>Steps for a frame that follows another.</summary>
    internal int StepsOf(StylizeOptions options) => FrameIterations ?? Math.Max(1, (options.Iterations + 2) / 3);
}
