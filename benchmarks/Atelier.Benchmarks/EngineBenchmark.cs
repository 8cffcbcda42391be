using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Engine.OpenCl;
using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Benchmarks;

/// <summary>The processor's engine against that of each device of OpenCL: convolutions as shares of both peaks, whole
/// iterations, and whole runs.</summary>
internal static class EngineBenchmark
{
    // A device that is no graphics card shows that results are right, not how fast cards are.
    private const int Side = 512, SideOfProcessors = 128;
    private const double SecondsOfCase = 5;

    internal static void Run(int threads)
    {
        if (OpenClDevice.List().Count == 0)
        {
            Console.WriteLine();
            Console.WriteLine($"OpenCL has no device here: {string.Join("; ", OpenClDevice.LibraryAttempts)}.");
        }

        foreach (OpenClDevice device in OpenClDevice.List())
            Compare(device, threads);
    }

    private static void Compare(OpenClDevice device, int threads)
    {
        using IEngine cpu = CpuEngine.Create(new EngineOptions { Threads = threads, Precision = Precision.Single });
        using OpenClEngine opencl = new(device);
        int side = device.IsGpu ? Side : SideOfProcessors;
        double peak = PeakOf(opencl.Queue);
        Console.WriteLine();
        Console.WriteLine($"{device}: {peak / 1e9:F0} GFLOP/s, {BandwidthOf(opencl.Queue) / 1e9:F0} GB/s" +
            (device.IsGpu ? "." : ". It is no graphics card: its times say nothing about those of one."));
        CompareConvolutions(cpu, opencl, side, peak, threads);
        CompareIterations(cpu, opencl, side, threads);
        CompareRuns(device, side, threads);
    }

    private static void CompareConvolutions(IEngine cpu, OpenClEngine opencl, int side, double peak, int threads)
    {
        using Peak peakOfProcessor = new(threads);
        double peakOfCpu = Peak.Operations / Fastest.Of(1, peakOfProcessor.Run)[0];
        MarkdownTable table = new(
            "convolution", "processor ms", "of its peak", "device ms", "of its peak", "times as fast");
        foreach (Convolution layer in BenchmarkNetwork.Vgg19.Convolutions(side, side)
            .DistinctBy(layer => (layer.Inputs, layer.Outputs, layer.Height)))
        {
            double own = TimeOf(cpu, layer), other = TimeOf(opencl, layer);
            table.Add(
                $"{layer.Name}, {layer.Height} x {layer.Width}", $"{own * 1e3:F2}",
                $"{layer.Operations / own / peakOfCpu:P0}", $"{other * 1e3:F2}",
                $"{layer.Operations / other / peak:P0}", $"{own / other:F2}");
        }
    }

    private static double TimeOf(IEngine engine, Convolution layer)
    {
        const int Repetitions = 4;
        float[] weights = new float[9 * layer.Inputs * layer.Outputs], row = new float[layer.Width];
        using Filter filter = engine.CreateFilter(weights, new float[layer.Outputs]);
        Shape shape = new(layer.Height, layer.Width, layer.Inputs);
        using FeatureMap input = engine.CreateMap(shape);
        using FeatureMap output = engine.CreateMap(shape with { Channels = layer.Outputs });
        return Fastest.Of(SecondsOfCase / 5, () =>
        {
            for (int i = 0; i < Repetitions; i++)
                engine.ConvolveRelu(filter, input, output, null, Rows.All(output));

            // What is only queued has not been computed.
            engine.Read(output, 0, new Rows(0, 1), row);
        })[0] / Repetitions;
    }

    private static void CompareIterations(IEngine cpu, IEngine opencl, int side, int threads)
    {
        using TemporaryFolder folder = new();
        using WorkerPool workers = new(threads);
        MarkdownTable table = new("iteration", "size", "processor ms", "device ms", "times as fast");
        foreach (BenchmarkNetwork network in BenchmarkNetwork.All)
        {
            foreach (BenchmarkObjective objective in BenchmarkObjective.All)
            {
                string weights = network.Save(folder.Path);
                Pictures pictures = Pictures.Noise(side, side);
                using Transfer own = new(cpu, weights, objective.Options, pictures);
                using Transfer other = new(opencl, weights, objective.Options, pictures, workers);
                double[] seconds = Fastest.Of(SecondsOfCase, own.Step, other.Step);
                table.Add(
                    $"{network.Name}, {objective.Name}", $"{side} x {side}", $"{seconds[0] * 1e3:F0}",
                    $"{seconds[1] * 1e3:F0}", $"{seconds[0] / seconds[1]:F2}");
            }
        }
    }

    private static void CompareRuns(OpenClDevice device, int side, int threads)
    {
        EngineOptions cpu = new() { Threads = threads };
        OpenClProvider provider = new(device.Index);
        double[] seconds = [.. new[] { cpu, cpu with { Name = provider.Name, AddOns = [provider] } }.Select(options =>
        {
            using Stylizer stylizer = new(options);
            return Fastest.Time(() => stylizer.Stylize(new StylizeRequest
            {
                Content = Pictures.Noise(side, side, seed: 1).ToPicture(),
                Styles = [Pictures.Noise(side, side, seed: 2).ToPicture()],
                Options = Atelier.Options.StylizeOptions.Default with { Size = side },
            }));
        })];
        MarkdownTable table = new("whole run", "processor s", "device s", "times as fast");
        table.Add(
            $"preset normal, {side} x {side}", $"{seconds[0]:F1}", $"{seconds[1]:F1}", $"{seconds[0] / seconds[1]:F2}");
    }

    /// <summary>Floating-point operations a second.</summary>
    private static double PeakOf(DeviceQueue queue)
    {
        const int Items = 1 << 16, Repetitions = 1 << 12, Group = 64;
        using DeviceBuffer target = queue.Create(Items * sizeof(float));
        float[] result = new float[1];
        double seconds = Fastest.Of(1, () =>
        {
            queue.Run(new KernelName("peak", "multiply_adds"), Items, Group, target, Repetitions);
            queue.Read<float>(target, result);
        })[0];
        return 2.0 * 16 * Items * Repetitions / seconds;
    }

    /// <summary>Bytes read and written a second.</summary>
    private static double BandwidthOf(DeviceQueue queue)
    {
        const int Items = 1 << 24, Repetitions = 8, Group = 64;
        using DeviceBuffer source = queue.Create((long)Items * sizeof(float)), target = queue.Create(source.Bytes);
        float[] result = new float[1];
        double seconds = Fastest.Of(1, () =>
        {
            for (int i = 0; i < Repetitions; i++)
                queue.Run(new KernelName("peak", "copy_values"), Items, Group, source, target);
            queue.Read<float>(target, result);
        })[0];
        return 2.0 * source.Bytes * Repetitions / seconds;
    }
}
