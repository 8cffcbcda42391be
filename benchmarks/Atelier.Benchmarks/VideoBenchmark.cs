using System.Diagnostics;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Video;
using Atelier.Video.Flow;

namespace Atelier.Benchmarks;

/// <summary>How long a frame of a video takes that follows another, and how much of that is optical flow, with the
/// preset <c>draft</c> at the video's own size, frames in memory and PNGs of the spool in a file.</summary>
internal static class VideoBenchmark
{
    private const int Width = 640, Height = 360, Frames = 8;

    internal static void Run(int threads)
    {
        using TimedEngine engine = new(CpuEngine.Create(new EngineOptions { Threads = threads }));
        using TemporaryFolder folder = new();
        using VideoStylizer stylizer = new(engine);
        VideoRequest request = new()
        {
            Styles = [Pictures.Noise(500, 600, seed: 2).Resize(500, 600).ToPicture()],
            Options = Presets.ByName["draft"] with { Size = null },
            Checkpoint = new VideoCheckpointOptions
            {
                Path = Path.Combine(folder.Path, "checkpoint"),
                Recipe = new Recipe(),
            },
        };
        Pan pan = new();
        Stopwatch after = new();
        stylizer.Stylize(request, pan, new Nowhere(() =>
        {
            if (!after.IsRunning)
            {
                engine.Times.Clear();
                after.Start();
            }
        }));
        double seconds = after.Elapsed.TotalSeconds / (Frames - 1);
        OpticalFlow flow = new(engine);
        double each = Fastest.Time(() => flow.Between(pan.At(0), pan.At(1)));
        MarkdownTable table = new("picture", "s a frame", "of it flow, both ways");
        table.Add($"{Width} x {Height}", $"{seconds:F2}", $"{2 * each:F2}");
        engine.Times.Print($"{Frames - 1} frames", after.Elapsed.TotalSeconds);
    }

    /// <summary>Soft noise that moves by some pixels from frame to frame.</summary>
    private sealed class Pan : IFrameSource
    {
        private readonly PlanarPicture _scene = Pictures.Noise(Height / 4, Width / 4, seed: 1).Resize(Height, Width);
        private int _next;

        public VideoFormat Format { get; } =
            new(Width, Height, new Rational(1, 25), new Rational(25, 1)) { FrameCount = Frames };

        public VideoFrame? Read()
            => _next < Frames ? new VideoFrame(At(_next).ToPicture(), _next++, 1) : null;

        public PlanarPicture At(int frame)
        {
            float[] x = new float[Width * Height], y = new float[Width * Height];
            Array.Fill(x, -2.5f * frame);
            Array.Fill(y, 1.25f * frame);
            return FlowWarp.Warp(_scene, new FlowField(Height, Width, x, y));
        }

        public void Dispose() { }
    }

    /// <summary>Forgets the frames.</summary>
    private sealed class Nowhere(Action onFrame) : IFrameSink
    {
        public void Write(VideoFrame frame) => onFrame();

        public void Complete() { }

        public void Dispose() { }
    }
}
