using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>One frame of a video, with its timing.</summary>
/// <param name="Picture">The picture, upright and of the video's size.</param>
/// <param name="Time">Timestamp, in ticks of the video's time base; increases from frame to frame.</param>
/// <param name="Duration">Duration, in the same ticks, at least 1.</param>
public sealed record VideoFrame(Picture Picture, long Time, long Duration);
