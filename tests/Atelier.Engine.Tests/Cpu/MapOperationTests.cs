using Atelier.Engine.Cpu;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>What is done with whole maps, besides layers and moments.</summary>
public sealed class MapOperationTests
{
    private static readonly float[] Mean = [0.4f, 0.5f, 0.6f];
    private static readonly float[] Std = [0.2f, 0.25f, 0.3f];

    public static TheoryData<int, (int Height, int Width, int Channels)> Cases => Widths.With(
        (1, 1, 16), (1, 9, 17), (8, 1, 48), (5, 7, 100));

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void Normalize_Picture_SubtractsMeansAndDividesPixelByPixel(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using Tensor picture = engine.CreateTensor(Numbers.Uniform(1, 3 * 5 * 7));
        using GuardedMap output = new GuardedMap(engine, new Shape(5, 7, 3)).Soiled();

        engine.Normalize(picture, Mean, Std, output.Map);

        double[] planes = engine.Values(picture);
        Numbers.AssertClose(
            [.. Enumerable.Range(0, planes.Length)
                .Select(i => (planes[(i % 3 * 35) + (i / 3)] - Mean[i % 3]) / Std[i % 3])],
            output.Values, 1e-6);
        output.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void NormalizeBackward_Gradient_IsDividedByTheDeviations(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using GuardedMap gradient = GuardedMap.Random(engine, new Shape(5, 7, 16), seed: 2);
        using Tensor picture = engine.CreateTensor(Numbers.Uniform(3, 3 * 5 * 7));

        engine.NormalizeBackward(gradient.Map, Std, picture);

        double[] pixels = gradient.Values;
        Numbers.AssertClose(
            [.. Enumerable.Range(0, 105).Select(i => pixels[(i % 35 * 16) + (i / 35)] / Std[i / 35])],
            engine.Values(picture), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void SquaredDistance_TwoMaps_IsTheWeightedSumOfSquares(
        int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels);
        using GuardedMap a = GuardedMap.Random(engine, shape, seed: 4), b = GuardedMap.Random(engine, shape, seed: 5);

        double expected = a.Values.Zip(b.Values, (x, y) => (x - y) * (x - y)).Sum();
        Assert.Equal(expected, engine.SquaredDistance(a.Map, b.Map), 1e-5 * expected);
        Assert.Equal(0, engine.SquaredDistance(a.Map, a.Map));

        float[] weights = Numbers.Uniform(9, size.Height * size.Width);
        using PositionWeights plane = engine.CreatePositionWeights(size.Height, size.Width, weights);
        double weighted = a.Values.Zip(b.Values, (x, y) => (x - y) * (x - y))
            .Select((square, i) => weights[i / size.Channels] * square).Sum();
        Assert.Equal(weighted, engine.SquaredDistance(a.Map, b.Map, plane), 1e-5 * expected);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddScaledDifference_TwoMaps_AddsToTheGradientBeforeTheRelu(
        int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels);
        using GuardedMap a = GuardedMap.Random(engine, shape, seed: 6), b = GuardedMap.Random(engine, shape, seed: 7);
        using GuardedMap gradient = GuardedMap.Random(engine, shape, seed: 8);
        double[] before = gradient.Values;

        engine.AddScaledDifference(a.Map, b.Map, -1.5f, gradient.Map);

        Numbers.AssertClose(
            [.. before.Select((value, i) => a.Values[i] > 0 ? value - (1.5 * (a.Values[i] - b.Values[i])) : 0)],
            gradient.Values, 1e-6);
        gradient.AssertClean();

        float[] weights = Numbers.Uniform(9, size.Height * size.Width);
        using PositionWeights plane = engine.CreatePositionWeights(size.Height, size.Width, weights);
        double[] between = gradient.Values;
        engine.AddScaledDifference(a.Map, b.Map, 0.5f, gradient.Map, plane);

        Numbers.AssertClose(
            [.. between.Select((value, i) => a.Values[i] > 0
                ? value + (0.5 * weights[i / size.Channels] * (a.Values[i] - b.Values[i]))
                : 0)],
            gradient.Values, 1e-6);
        gradient.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CopyAndClear_SoiledTarget_IsOverwrittenWithItsBorder(
        int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels);
        using GuardedMap source = GuardedMap.Random(engine, shape, seed: 11);
        using GuardedMap target = new GuardedMap(engine, shape).Soiled();

        engine.Copy(source.Map, target.Map);
        Assert.Equal(source.Values, target.Values);
        target.AssertClean();

        engine.Clear(target.Soiled().Map);
        Assert.All(target.Values, value => Assert.Equal(0, value));
        target.AssertClean();
    }

    [Fact]
    public void FeatureMap_MemoryTooSmall_Throws()
    {
        using MemoryBlock memory = new(64);
        Assert.Throws<ArgumentException>(() => new CpuFeatureMap(new Shape(2, 3, 16), 16, 2, memory, 0));
    }

    [Fact]
    public void FeatureMap_AfterDisposal_Throws()
    {
        using IEngine engine = CpuEngine.Create();
        FeatureMap map = engine.CreateMap(new Shape(2, 3, 16));
        map.Dispose();
        map.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Clear(map));
    }
}
