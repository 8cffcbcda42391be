using Atelier.Imaging;

namespace Atelier.Video.Tests;

/// <summary>A made-up scene: a textured background that moves past, and in front of it a thing of another texture that
/// moves against it, so that the background is hidden and comes into view again.</summary>
internal static class MovingScene
{
    internal const int Height = 45;
    internal const int Width = 61;

    /// <summary>Frames of a scene.</summary>
    /// <param name="seed">Which scene.</param>
    /// <param name="count">How many.</param>
    /// <param name="speed">Pixels from frame to frame by which the background moves.</param>
    internal static Picture[] Frames(int seed, int count, double speed = 1.25)
        => [.. Enumerable.Range(0, count).Select(frame => Frame(seed, frame * speed, frame))];

    /// <summary>A source of pictures as frames of a video.</summary>
    internal static MemorySource Source(params Picture[] frames) => new(frames);

    private static Picture Frame(int seed, double pan, int time)
    {
        Picture picture = new(Width, Height);
        double left = 34 - (1.75 * time), top = 14 + (0.5 * time);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                bool isThing = Math.Pow((x - left - 8) / 8, 2) + Math.Pow((y - top - 8) / 8, 2) < 1;
                (double u, double v, int texture) = isThing ? (x - left, y - top, seed + 50) : (x + pan, y, seed);
                int i = (y * Width) + x;
                picture.Red[i] = Texture(texture, 0, u, v);
                picture.Green[i] = Texture(texture, 1, u, v);
                picture.Blue[i] = Texture(texture, 2, u, v);
            }
        }

        return picture;
    }

    /// <summary>Smooth noise of two sizes in a range of its own for each seed and channel, inside [0, 1].</summary>
    private static float Texture(int seed, int channel, double x, double y)
    {
        int key = (10 * seed) + channel;
        double noise = (0.6 * Noise(key, x / 9, y / 9)) + (0.4 * Noise(key + 5, x / 3.5, y / 3.5));
        double lowest = 0.5 * new Random(HashOf(seed, channel, 3)).NextDouble();
        return (float)(lowest + (0.5 * noise));
    }

    private static double Noise(int seed, double x, double y)
    {
        (int column, int row) = ((int)Math.Floor(x), (int)Math.Floor(y));
        (double right, double down) = (Smooth(x - column), Smooth(y - row));
        double At(int dx, int dy) => new Random(HashOf(seed, column + dx, row + dy)).NextDouble();
        double top = At(0, 0) + (right * (At(1, 0) - At(0, 0))), bottom = At(0, 1) + (right * (At(1, 1) - At(0, 1)));
        return top + (down * (bottom - top));
    }

    private static double Smooth(double t) => t * t * (3 - (2 * t));

    private static int HashOf(int seed, int column, int row)
        => unchecked((seed * 73_856_093) ^ (column * 19_349_663) ^ (row * 83_492_791));
}

/// <summary>Frames from memory, one each second.</summary>
internal sealed class MemorySource(Picture[] frames) : IFrameSource
{
    private int _next;

    public VideoFormat Format
        => new(frames[0].Width, frames[0].Height, new Rational(1, 1), new Rational(1, 1));

    public VideoFrame? Read() => _next == frames.Length ? null : new VideoFrame(frames[_next], 10 * _next++, 10);

    public void Dispose() { }
}

/// <summary>Keeps what it receives.</summary>
internal sealed class MemorySink : IFrameSink
{
    internal List<VideoFrame> Frames { get; } = [];

    internal bool IsComplete { get; private set; }

    internal Action<VideoFrame> OnWrite { get; init; } = _ => { };

    /// <summary>The samples of each frame.</summary>
    internal List<float[]> Values
        => [.. Frames.Select(frame => PlanarPicture.From(frame.Picture).Values)];

    public void Write(VideoFrame frame)
    {
        Assert.False(IsComplete);
        Frames.Add(frame);
        OnWrite(frame);
    }

    public void Complete() => IsComplete = true;

    public void Dispose() { }
}
