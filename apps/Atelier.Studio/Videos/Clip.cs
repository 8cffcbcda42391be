using System.Collections.Immutable;
using Atelier.Studio.Storage;
using Atelier.Video;
using Atelier.Workshop.Videos;

namespace Atelier.Studio.Videos;

/// <summary>A clip, or a painted video, and what is known of its frames.</summary>
/// <param name="File">Its file.</param>
/// <param name="Format">The format of its frames.</param>
/// <param name="Starts">When each frame begins, in seconds; at least one.</param>
/// <param name="Seconds">When the last frame ends.</param>
public sealed record Clip(StoredPicture File, VideoFormat Format, ImmutableArray<double> Starts, double Seconds)
{
    // Times are told and typed in milliseconds, unless frames are shorter than that.
    private const double Coarse = 0.004;

    /// <summary>Number of frames.</summary>
    public int FrameCount => Starts.Length;

    /// <summary>Returns the part of it from one frame to another.</summary>
    /// <param name="from">The first frame, from 0.</param>
    /// <param name="to">The last frame.</param>
    /// <remarks>Times lie halfway between frames, so that rounding selects no other frame.</remarks>
    public VideoSelection Part(int from, int to) => new()
    {
        Start = from == 0 ? TimeSpan.Zero : Before(from),
        End = to >= FrameCount - 1 ? null : Before(to + 1),
    };

    /// <summary>When a frame begins, in seconds; for one after the last, when that begins.</summary>
    public double StartOf(int frame) => Starts[Math.Min(frame, FrameCount - 1)];

    /// <summary>When a frame ends, in seconds; for one after the last, when that ends.</summary>
    public double EndOf(int frame) => frame < FrameCount - 1 ? Starts[frame + 1] : Seconds;

    private TimeSpan Before(int frame)
    {
        double gap = Starts[frame] - Starts[frame - 1];
        return TimeSpan.FromSeconds(Math.Round(Starts[frame - 1] + (gap / 2), gap < Coarse ? 6 : 3));
    }
}
