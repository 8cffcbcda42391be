using Atelier.Engine.OpenCl;
using Atelier.Engine.OpenCl.Runtime;
using Atelier.Engine.Statistics;
using Atelier.Engine.Tests.Cpu;
using Atelier.Testing;

namespace Atelier.Engine.Tests.OpenCl;

/// <summary>What only the engine for OpenCL does: divide work, and use memory of its own.</summary>
public sealed class OpenClEngineTests
{
    private static readonly TileShape[] Shapes =
        [new(16, 16, 4, 4, 16), new(16, 16, 8, 8, 8), new(8, 16, 8, 4, 16), new(8, 8, 4, 4, 16), new(4, 16, 4, 4, 32)];

    [Fact]
    public void RunBatches_AnyShapeOfTiles_HasTheSameBits()
    {
        using DeviceQueue queue = NewQueue();
        const int Batches = 3, Rows = 37, Depth = 41, Columns = 29;
        float[] a = Numbers.Normal(1, Batches * Rows * Depth), b = Numbers.Normal(2, Batches * Depth * Columns);
        using DeviceBuffer first = queue.Create<float>(a), second = queue.Create<float>(b);
        using DeviceBuffer target = queue.Create(Batches * Rows * Columns * sizeof(float));
        List<float[]> results = [];
        foreach (TileShape shape in Shapes)
        {
            BatchedProduct.RunBatches(queue, shape, first, second, target, Batches, Rows, Depth, Columns);
            float[] found = new float[Batches * Rows * Columns];
            queue.Read<float>(target, found);
            results.Add(found);
        }

        double[] expected = new double[Batches * Rows * Columns];
        for (int i = 0; i < expected.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, Columns);
            int batch = row / Rows;
            for (int k = 0; k < Depth; k++)
                expected[i] += (double)a[(row * Depth) + k] * b[(((batch * Depth) + k) * Columns) + column];
        }

        Numbers.AssertClose(expected, Numbers.Doubles(results[0]), 1e-6);
        Assert.All(results, found => Assert.Equal(results[0], found));
    }

    [Fact]
    public void TileTuning_OnThisDevice_TakesOneThatItWasGiven()
    {
        using DeviceQueue queue = NewQueue();
        Assert.InRange(TileTuning.Fastest(queue, Shapes[..2]), 0, 1);
        TileShape shape = TileTuning.ShapeFor(queue);
        Assert.InRange(shape.GroupM * shape.GroupN, 1, queue.Device.MaxGroupSize);
    }

    [Fact]
    public void Operations_InSmallPieces_HaveTheSameValues()
    {
        (float[] Plain, double[] Sums) whole = Compute(long.MaxValue, Shapes[^1]), pieces = Compute(1, Shapes[^1]);

        Assert.Equal(whole.Plain, pieces.Plain);
        Numbers.AssertClose(whole.Sums, pieces.Sums, 1e-6);
    }

    [Fact]
    public void Operations_WithOtherTiles_HaveTheSameBits()
    {
        (float[] Plain, double[] Sums) one = Compute(long.MaxValue, Shapes[^1]);
        (float[] Plain, double[] Sums) other = Compute(long.MaxValue, Shapes[3]);

        Assert.Equal(one.Plain, other.Plain);
        Assert.Equal(one.Sums, other.Sums);
    }

    [Fact]
    public void GetBytes_MapThatNoBufferHolds_IsTooMany()
    {
        using OpenClEngine engine = NewEngine();
        MapLifetime small = new(new Shape(5, 7, 16), 5, 0, 1);
        MapLifetime large = new(new Shape(1 << 20, 1 << 20, 64), 1 << 20, 0, 1);

        Assert.Equal(7 * 9 * 16 * sizeof(float), engine.GetBytes([small]));
        Assert.Equal(IEngine.TooManyBytes, engine.GetBytes([small, large]));
        Assert.InRange(((IEngine)engine).MaxBytes, 1, engine.Device.Memory);
    }

    [Fact]
    public void CreateMap_LargerThanTheDevice_SaysSo()
    {
        using OpenClEngine engine = NewEngine();

        CodedException error = Assert.Throws<CodedException>(() => engine.CreateMap(new Shape(1 << 20, 1 << 20, 64)));

        Assert.Equal("device.memory", error.Code);
        Assert.Contains(engine.Device.Name, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Remedy);
    }

    [Fact]
    public void Operation_WithAMapOfAnotherEngine_NamesBoth()
    {
        using OpenClEngine engine = NewEngine();
        using IEngine cpu = EngineOptions.Default.CreateEngine();
        using FeatureMap foreign = cpu.CreateMap(new Shape(2, 3, 16));

        ArgumentException error = Assert.Throws<ArgumentException>(() => engine.Clear(foreign));

        Assert.Contains("'opencl'", error.Message, StringComparison.Ordinal);
        Assert.Contains("CpuFeatureMap", error.Message, StringComparison.Ordinal);
    }

    private static (float[] Plain, double[] Sums) Compute(long maxWork, TileShape tiles)
    {
        using OpenClEngine engine = new(Device, tiles) { MaxWork = maxWork };
        Shape shape = new(9, 13, 20), smaller = new(5, 6, 17);
        using GuardedMap map = GuardedMap.Random(engine, shape, seed: 1), other = GuardedMap.Random(engine, smaller, 2);
        using GuardedMap gradient = new(engine, shape), smallGradient = new(engine, smaller);
        using GuardedMap output = new(engine, smaller);
        PlainConvolution c = new(engine, (5, 6, 17, 17));
        using Filter filter = c.Filter;
        MomentSums sums = new(20);
        MomentGradient derivative = new(20);
        Numbers.NormalDoubles(3, 400).CopyTo(derivative.Products, 0);
        double[] products = new double[17 * 20], slopes = Numbers.NormalDoubles(4, 17 * 20);

        engine.AddMoments(map.Map, sums);
        engine.AddMomentsGradient(map.Map, derivative, gradient.Map);
        engine.AddCrossMoments(other.Map, map.Map, 0.5f, products);
        engine.AddCrossMomentsGradient(map.Map, other.Map, 0.5f, slopes, gradient.Map, Rows.All(map.Map));
        engine.AddCrossMomentsGradient(other.Map, map.Map, 0.5f, slopes, smallGradient.Map, Rows.All(other.Map));
        engine.ConvolveRelu(filter, other.Map, output.Map, null);
        return (
            [.. gradient.Values.Concat(smallGradient.Values).Concat(output.Values).Select(value => (float)value)],
            [.. sums.Products, .. sums.Values, .. products]);
    }

    private static OpenClDevice Device
    {
        get
        {
            Assert.SkipUnless(
                OpenClDevice.List().Count > 0,
                "OpenCL has no device here; install the driver of a graphics card, or the package pocl-opencl-icd.");
            return OpenClDevice.List()[0];
        }
    }

    private static OpenClEngine NewEngine() => new(Device);

    private static DeviceQueue NewQueue() => new(Device);
}
