using Atelier.Imaging;
using Atelier.Video.Ffmpeg;

namespace Atelier.Video.Tests.Ffmpeg;

public sealed class FfmpegFramesTests : IDisposable
{
    private readonly Clips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Theory]
    [InlineData("a.mp4", "30000/1001")]
    [InlineData("b.mkv", "24")]
    [InlineData("c.webm", "12.5")]
    public void EachFrame_IsTheSameAsInOrder(string name, string rate)
    {
        string path = _clips.Make(name, $"size=66x48:rate={rate}:duration=0.8");
        using FfmpegSource source = _clips.Open(path);
        List<VideoFrame> all = Clips.ReadAll(source);

        FfmpegFrames frames = new(_clips.Tool, path);

        Assert.Equal(all.Count, frames.Starts.Count);
        Assert.Equal(source.Format, frames.Format);
        foreach (int index in (int[])[all.Count - 1, 0, 3, 4])
        {
            Picture frame = frames.Read(index);
            Assert.Equal(all[index].Picture.Green, frame.Green);
            Assert.Equal(all[index].Time * source.Format.TimeBase.Value, frames.Starts[index], 0.002);
        }
    }

    [Fact]
    public void SmallFrame_IsAsSmallAsAskedFor_AndNeverLarger()
    {
        FfmpegFrames frames = new(_clips.Tool, _clips.Make("a.mp4", "size=96x64:rate=10:duration=0.5"));

        Picture small = frames.Read(2, longSide: 48), whole = frames.Read(2, longSide: 500);

        Assert.Equal((48, 32, 96, 64), (small.Width, small.Height, whole.Width, whole.Height));
        Assert.Throws<ArgumentOutOfRangeException>(() => frames.Read(5));
    }
}
