using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;

namespace Atelier.Benchmarks;

/// <summary>A whole run of the preset <c>normal</c> on pictures of noise, and the share of each stage in it.</summary>
internal static class StylizeBenchmark
{
    internal static void Run(int threads)
    {
        using TimedEngine engine = new(CpuEngine.Create(new EngineOptions { Threads = threads }));
        using Stylizer stylizer = new(engine);
        StylizeRequest request = new()
        {
            Content = Pictures.Noise(768, 1024, seed: 1).ToPicture(),
            Styles = [Pictures.Noise(1100, 900, seed: 2).ToPicture()],
        };
        double seconds = Fastest.Time(() =>
        {
            StylizeResult result = stylizer.Stylize(request);
            using StageTimes.Watch watch = engine.Times.Begin("writing the PNG");
            using MemoryStream file = new();
            PictureFile.Save(result.Picture, file, ".png");
        });
        engine.Times.Print("stylize, preset normal, 512 x 384", seconds);
    }
}
