using Atelier.Imaging;

namespace Atelier.Video.Tests;

/// <summary>A video of plain frames, each of whose red sample tells its number.</summary>
internal sealed class Sequence(VideoFormat format, params (long Time, long Duration)[] frames) : IFrameSource
{
    private int _next;

    public VideoFormat Format => format;

    public bool IsDisposed { get; private set; }

    public static Sequence Steady(int count, int rate) => new(
        new VideoFormat(5, 3, new Rational(1, rate), new Rational(rate, 1)) { FrameCount = count },
        [.. Enumerable.Range(0, count).Select(i => ((long)i, 1L))]);

    public VideoFrame? Read()
    {
        if (_next == frames.Length)
        {
            return null;
        }

        Picture picture = new(format.Width, format.Height);
        Array.Fill(picture.Red, _next / 255f);
        return new VideoFrame(picture, frames[_next].Time, frames[_next++].Duration);
    }

    public void Dispose() => IsDisposed = true;

    public static List<VideoFrame> ReadAll(IFrameSource source)
    {
        List<VideoFrame> frames = [];
        while (source.Read() is VideoFrame frame)
            frames.Add(frame);
        return frames;
    }

    /// <summary>Number and time of each frame.</summary>
    public static (int Number, long Time)[] Told(IFrameSource source)
        => [.. ReadAll(source).Select(frame => ((int)Math.Round(frame.Picture.Red[0] * 255), frame.Time))];
}
