using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Video;

/// <summary>The options of a video other than those of its frames, with their defaults. <see cref="VideoOptionTable"/>
/// lists their names, ranges and text values. Two objects are equal if all values are equal.</summary>
public sealed record VideoOptions
{
    /// <summary>The default options.</summary>
    public static VideoOptions Default { get; } = new();

    /// <summary>Weight of the temporal loss, which keeps each frame consistent with the previous one, warped along the
    /// motion; 0 turns it off.</summary>
    public double TemporalWeight { get; init; } = 200;

    /// <summary>Offsets of the earlier frames that a frame is compared with, in ascending order, starting at 1 or more.
    /// Several offsets keep what was briefly hidden consistent.</summary>
    public ImmutableArray<int> LongTerm { get; init; } = [1];

    /// <summary>Iterations for each frame after the first of a scene; null uses half of the iterations at the final
    /// scale. The first frame of a scene is painted like a still picture. Where a later frame shows something new, it
    /// is painted coarse to fine, with iterations at smaller scales in proportion.</summary>
    public int? FrameIterations { get; init; }

    /// <summary>Number of passes over the video, alternating forward and backward.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>How strongly the style targets of later frames in a scene are anchored to the painted first frame, 0–1,
    /// so that textures do not drift. Above 0, colors do not drift either: their means follow those of the
    /// video.</summary>
    public double Anchor { get; init; } = 0.2;

    /// <summary>Whether the last frame leads back to the first, so that the video loops.</summary>
    public bool Loop { get; init; }

    /// <summary>Difference between neighboring frames above which a new scene begins, 0–1; 1 detects no
    /// scenes.</summary>
    public double SceneCut { get; init; } = 0.5;

    /// <summary>Whether to measure the stability of each frame.</summary>
    public bool Report { get; init; }

    /// <summary>Whether frames are painted in more than one pass.</summary>
    internal bool IsMultiPass => PassCount > 1;

    /// <summary>Total number of passes, including the one that closes a loop.</summary>
    internal int PassCount => Passes + (Loop ? 1 : 0);

    /// <summary>Validates every option and returns all problems; empty if there are none.</summary>
    public IReadOnlyList<Problem> Validate()
        => [.. VideoOptionTable.All.SelectMany(option => option.ProblemsWith(this))];

    /// <summary>Whether all values are equal; lists are compared by their elements.</summary>
    public bool Equals(VideoOptions? other)
        => other is not null && VideoOptionTable.All.All(option => option.AreEqual(this, other));

    /// <inheritdoc/>
    public override int GetHashCode()
        => VideoOptionTable.All.Aggregate(0, (hash, option) => HashCode.Combine(hash, option.HashOf(this)));

    /// <summary>Returns the number of iterations for a frame after the first of a scene.</summary>
    internal int IterationsFor(StylizeOptions options) => FrameIterations ?? (options.Iterations + 1) / 2;
}
