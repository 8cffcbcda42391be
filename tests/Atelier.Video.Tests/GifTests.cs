using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.Video.Tests;

public sealed class GifTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.PathOf("a.gif");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Delays_AreSeenAsBrowsersDo()
    {
        int[] delays = [0, 1, 2, 7];
        File.WriteAllBytes(Path, TestGif.Build(3, 1, [.. delays.Select(d => TestGif.Frame(0, 0, 3, "012", delay: d))]));

        using GifSource source = new(Path);
        List<VideoFrame> frames = Sequence.ReadAll(source);

        Assert.True(source.Format.IsVariable);
        Assert.Equal(4, source.Format.FrameCount);
        Assert.Equal(new Rational(400, 29).Value, source.Format.FrameRate.Value, 9);
        Assert.Equal([(0, 10), (10, 10), (20, 2), (22, 7)],
            frames.Select(frame => ((int)frame.Time, (int)frame.Duration)));
        Assert.Equal(3, source.Loops);
    }

    [Fact]
    public void Read_EqualDelays_AreAConstantRate()
    {
        File.WriteAllBytes(Path, TestGif.Build(3, 1, TestGif.Frame(0, 0, 3, "012"), TestGif.Frame(0, 0, 3, "210")));

        using GifSource source = new(Path);

        Assert.Equal(new VideoFormat(3, 1, new(1, 20), new(20, 1)) { FrameCount = 2 }, source.Format);
        Assert.Equal([0L, 1L], Sequence.ReadAll(source).Select(frame => frame.Time));
    }

    [Fact]
    public void Read_TransparentPlaces_AreWhite()
    {
        File.WriteAllBytes(Path, TestGif.Build(3, 2, TestGif.Frame(0, 0, 3, "012", transparent: 1)));

        using GifSource source = new(Path);
        Picture picture = source.Read()!.Picture;

        Assert.Equal([1f, 1, 0, 1, 1, 1], picture.Red);
        Assert.Null(picture.Alpha);
    }

    [Fact]
    public void Read_FileCutOff_GivesWholeFramesAndAWarning()
    {
        byte[] file = TestGif.Build(3, 1, TestGif.Frame(0, 0, 3, "012"), TestGif.Frame(0, 0, 3, "210"));
        File.WriteAllBytes(Path, file[..^5]);

        using GifSource source = new(Path);

        Assert.Single(Sequence.ReadAll(source));
        Assert.Contains("a frame is cut off", source.Warning!, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoGif_NamesTheFile()
    {
        File.WriteAllBytes(Path, [1, 2, 3]);

        ImageFormatException error = Assert.Throws<ImageFormatException>(() => new GifSource(Path));

        Assert.StartsWith(Path, error.Message, StringComparison.Ordinal);
        File.Delete(Path);
    }

    [Fact]
    public void Write_FewColors_AreKeptExactly()
    {
        VideoFormat format = new(19, 13, new(1, 10), new(10, 1));
        Picture[] pictures = [.. Enumerable.Range(0, 3).Select(i => Steps(19, 13, 40 * i))];
        Write(format, [.. pictures.Select((picture, i) => new VideoFrame(picture, i, 1))]);

        using GifSource source = new(Path);
        List<VideoFrame> frames = Sequence.ReadAll(source);

        Assert.Equal(format with { FrameCount = 3 }, source.Format);
        Assert.Equal(pictures.SelectMany(picture => picture.Red), frames.SelectMany(frame => frame.Picture.Red));
        Assert.Equal(pictures.SelectMany(picture => picture.Blue), frames.SelectMany(frame => frame.Picture.Blue));
        Assert.Equal(0, source.Loops);
    }

    [Fact]
    public void Write_ManyColors_StayNear()
    {
        Picture picture = Slope(97, 61, 0);
        Write(new VideoFormat(97, 61, new(1, 25), new(25, 1)), new VideoFrame(picture, 0, 1));

        using GifSource source = new(Path);
        Picture read = source.Read()!.Picture;

        double[] errors = [.. picture.Green.Zip(read.Green, (a, b) => (double)Math.Abs(a - b))];
        Assert.InRange(errors.Average() * 255, 0, 8);
        Assert.InRange(errors.Max() * 255, 0, 48);
        // Dithering keeps the mean of a place.
        Assert.Equal(picture.Green.Average(), read.Green.Average(), 0.01);
        Assert.Equal(picture.Red.Average(), read.Red.Average(), 0.01);
    }

    [Fact]
    public void Write_ChangeInACorner_LeavesTheRestStill()
    {
        Picture first = Slope(96, 64, 0), second = Slope(96, 64, 0);
        // The other corner of the row comes here too, so that the old colors still do.
        foreach ((float[] to, float[] from) in (ReadOnlySpan<(float[], float[])>)
            [(second.Red, first.Red), (second.Green, first.Green), (second.Blue, first.Blue)])
        {
            for (int y = 0; y < 8; y++)
                from.AsSpan((y * 96) + 88, 8).CopyTo(to.AsSpan(y * 96));
        }

        VideoFormat format = new(96, 64, new(1, 25), new(25, 1));
        Write(format, new VideoFrame(first, 0, 1), new VideoFrame(second, 1, 1));

        using GifSource source = new(Path);
        Picture a = source.Read()!.Picture, b = source.Read()!.Picture;

        IEnumerable<int> still = Enumerable.Range(0, 96 * 64).Where(i => i % 96 >= 8 || i / 96 >= 8);
        Assert.All(still, i => Assert.Equal((a.Red[i], a.Green[i], a.Blue[i]), (b.Red[i], b.Green[i], b.Blue[i])));
        Assert.True(b.Red[0] > a.Red[0] + 0.5f);
    }

    [Fact]
    public void Write_AnotherScene_GetsItsOwnColors()
    {
        Picture first = Slope(96, 64, 0), second = Slope(96, 64, 0);
        Array.Clear(first.Red);
        Array.Clear(second.Blue);
        VideoFormat format = new(96, 64, new(1, 25), new(25, 1));
        Write(format, new VideoFrame(first, 0, 1), new VideoFrame(second, 1, 1));

        using GifSource source = new(Path);
        source.Read();
        Picture read = source.Read()!.Picture;

        Assert.InRange(second.Red.Zip(read.Red, (x, y) => Math.Abs(x - y)).Average() * 255, 0, 8);
        Assert.InRange(read.Blue.Average() * 255, 0, 3);
    }

    [Fact]
    public void Write_MoreThanFiftyFramesASecond_LeavesSomeOutAndKeepsTheLength()
    {
        VideoFormat format = new(5, 3, new(1, 60), new(60, 1));
        Write(format, [.. Enumerable.Range(0, 60).Select(i => new VideoFrame(Steps(5, 3, i), i, 1))]);

        using GifSource source = new(Path);
        List<VideoFrame> frames = Sequence.ReadAll(source);

        Assert.InRange(frames.Count, 35, 50);
        Assert.Equal(100, frames.Sum(frame => frame.Duration));
        Assert.All(frames, frame => Assert.True(frame.Duration >= 2));
    }

    [Fact]
    public void Dispose_WithoutComplete_LeavesNothing()
    {
        using (GifSink sink = new(Path, new VideoFormat(5, 3, new(1, 25), new(25, 1))))
        {
            sink.Write(new VideoFrame(Steps(5, 3, 0), 0, 1));
        }

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private void Write(VideoFormat format, params VideoFrame[] frames)
    {
        using GifSink sink = new(Path, format);
        foreach (VideoFrame frame in frames)
            sink.Write(frame);
        sink.Complete();
    }

    /// <summary>A picture of a hundred colors.</summary>
    private static Picture Steps(int width, int height, int offset)
    {
        Picture picture = new(width, height);
        for (int i = 0; i < picture.Red.Length; i++)
            (picture.Red[i], picture.Blue[i]) = (((i % 10) + offset) / 255f, i % 7 / 255f);
        return picture;
    }

    /// <summary>A picture of thousands of colors.</summary>
    private static Picture Slope(int width, int height, float offset)
    {
        Picture picture = new(width, height);
        for (int i = 0; i < picture.Red.Length; i++)
        {
            (float x, float y) = ((i % width) / (float)width, (i / width) / (float)height);
            (picture.Red[i], picture.Green[i], picture.Blue[i]) = (x, y, (x + y + offset) / 3);
        }

        return picture;
    }
}
