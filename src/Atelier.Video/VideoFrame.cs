using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>One picture of a video and when it is seen.</summary>
/// <param name="Picture">The picture, upright, of the video's size.</param>
/// <param name="Time">When it appears, in ticks of the video's time base; grows from frame to frame.</param>
/// <param name="Duration">How long it is seen, in the same ticks, 1 or more.</param>
public sealed record VideoFrame(Picture Picture, long Time, long Duration);
