using Atelier.Engine.Cpu;
using Atelier.Engine.Statistics;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>Sums of feature vectors and of their products, and the gradient through them,
/// against plain twins.</summary>
public sealed class MomentsTests
{
    // 60 × 71 is more than one chunk of positions, 26 × 30 × 100 more than a block of one, 150 channels more than one
    // block of depth.
    public static TheoryData<int, (int Height, int Width, int Channels)> Cases => Widths.With(
        (1, 1, 16), (1, 9, 17), (8, 1, 48), (5, 7, 100), (60, 71, 16), (21, 34, 64), (3, 1500, 5),
        (26, 30, 100), (4, 5, 150));

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddMoments_AnyShape_ArePlainSumsOnTopOfWhatWasThere(
        int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels);
        using GuardedMap map = GuardedMap.Random(engine, shape, seed: 1);
        MomentSums sums = new(shape.Channels);

        engine.AddMoments(map.Map, sums);
        engine.AddMoments(map.Map, sums);

        (double[] values, double[] products) = Sums(shape, map.Values);
        Assert.Equal(2 * shape.Area, sums.Count);
        Numbers.AssertClose([.. values.Select(value => 2 * value)], sums.Values, 1e-5);
        Numbers.AssertClose([.. products.Select(value => 2 * value)], sums.Products, 1e-5);
        for (int i = 0; i < shape.Channels; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.Equal(sums.Products[(i * shape.Channels) + j], sums.Products[(j * shape.Channels) + i]);
        }
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void AddMoments_TwoMaps_EqualTheirUnion(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        float[] values = Numbers.Normal(2, 6 * 5 * 17);
        using GuardedMap whole = new(engine, new Shape(6, 5, 17), values);
        using GuardedMap upper = new(engine, new Shape(2, 5, 17), values[..(2 * 5 * 17)]);
        using GuardedMap lower = new(engine, new Shape(4, 5, 17), values[(2 * 5 * 17)..]);
        MomentSums union = new(17), parts = new(17);

        engine.AddMoments(whole.Map, union);
        engine.AddMoments(upper.Map, parts);
        engine.AddMoments(lower.Map, parts);

        Assert.Equal(union.Count, parts.Count);
        Numbers.AssertClose(union.Values, parts.Values, 1e-6);
        Numbers.AssertClose(union.Products, parts.Products, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddMomentsGradient_AnyShape_AddsTwiceTheMatrixTimesEachVectorBeforeTheRelu(
        int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels);
        using GuardedMap map = GuardedMap.Random(engine, shape, seed: 3);
        using GuardedMap gradient = GuardedMap.Random(engine, shape, seed: 4);
        MomentGradient derivative = RandomDerivative(shape.Channels);
        double[] before = gradient.Values, features = map.Values;

        engine.AddMomentsGradient(map.Map, derivative, gradient.Map);

        double[] expected = [.. before.Select((value, i) =>
        {
            int channel = i % shape.Channels, pixel = i - channel;
            double sum = value + derivative.Values[channel];
            for (int c = 0; c < shape.Channels; c++)
                sum += 2 * derivative.Products[(channel * shape.Channels) + c] * features[pixel + c];
            return features[i] > 0 ? sum : 0;
        })];
        Numbers.AssertClose(expected, gradient.Values, 3e-6);
        gradient.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void AddMomentsGradient_NoMeanTerm_EqualsTheTermOfZero(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(3, 5, 48);
        using GuardedMap map = GuardedMap.Random(engine, shape, seed: 5), gradient = new(engine, shape);
        MomentGradient derivative = new(48);
        for (int i = 0; i < 48; i++)
            derivative.Products[(i * 48) + i] = 0.5;

        engine.AddMomentsGradient(map.Map, derivative, gradient.Map);

        Assert.Equal([.. map.Values.Select(value => Math.Max(0, value))], gradient.Values);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddMoments_Weighted_ArePlainSumsOfWeightedProducts(
        int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels);
        using GuardedMap map = GuardedMap.Random(engine, shape, seed: 1);
        float[] weights = Weights(shape);
        using PositionWeights plane = engine.CreatePositionWeights(shape.Height, shape.Width, weights);
        MomentSums sums = new(shape.Channels);

        engine.AddMoments(map.Map, sums, plane);

        double[] roots = [.. map.Values.Select((value, i) => value * Math.Sqrt(weights[i / shape.Channels]))];
        double[] products = Sums(shape, roots).Products;
        double[] weighted = [.. map.Values.Select((value, i) => value * weights[i / shape.Channels])];
        Assert.Equal(weights.Sum(weight => (double)weight), sums.Count, 1e-9 * shape.Area);
        Numbers.AssertClose(products, sums.Products, 1e-5);
        Numbers.AssertClose(Sums(shape, weighted).Values, sums.Values, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddMomentsGradient_Weighted_WeighsEachVectorAndKeepsWhatWasThere(
        int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels);
        using GuardedMap map = GuardedMap.Random(engine, shape, seed: 3);
        using GuardedMap plain = new(engine, shape), weighted = GuardedMap.Random(engine, shape, seed: 4);
        float[] weights = Weights(shape);
        using PositionWeights plane = engine.CreatePositionWeights(shape.Height, shape.Width, weights);
        MomentGradient derivative = RandomDerivative(shape.Channels);
        double[] before = weighted.Values, features = map.Values;

        engine.AddMomentsGradient(map.Map, derivative, plain.Map);
        engine.AddMomentsGradient(map.Map, derivative, weighted.Map, plane);

        double[] expected = [.. plain.Values.Select((value, i) =>
            features[i] > 0 ? before[i] + (weights[i / shape.Channels] * value) : 0)];
        Numbers.AssertClose(expected, weighted.Values, 5e-6);
        weighted.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void AddMoments_BandsOfAMaskOfZerosAndOnes_EqualTheMaskedPart(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        float[] values = Numbers.Normal(2, 7 * 5 * 17);
        using GuardedMap whole = new(engine, new Shape(7, 5, 17), values);
        using GuardedMap part = new(engine, new Shape(4, 5, 17), values[(2 * 5 * 17)..(6 * 5 * 17)]);
        float[] mask = [.. Enumerable.Range(0, 35).Select(i => i / 5 is >= 2 and < 6 ? 1f : 0f)];
        using PositionWeights plane = engine.CreatePositionWeights(7, 5, mask);
        MomentSums expected = new(17), sums = new(17);

        engine.AddMoments(part.Map, expected);
        foreach (Rows band in (Rows[])[new(0, 1), new(1, 4), new(4, 7)])
            engine.AddMoments(whole.Map, sums, band, plane);

        Assert.Equal(expected.Count, sums.Count);
        Numbers.AssertClose(expected.Values, sums.Values, 1e-6);
        Numbers.AssertClose(expected.Products, sums.Products, 1e-6);
    }

    [Fact]
    public void AddMoments_WeightsOfAnotherSize_AreRefused()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap map = new(engine, new Shape(3, 4, 5));
        using PositionWeights plane = engine.CreatePositionWeights(4, 3, new float[12]);

        Assert.Throws<ArgumentException>(() => engine.AddMoments(map.Map, new MomentSums(5), plane));
    }

    /// <summary>Soft, with places that do not count at all.</summary>
    private static float[] Weights(Shape shape)
        => [.. Numbers.Uniform(8, (int)shape.Area).Select((weight, i) => i % 5 == 3 ? 0 : weight)];

    private static MomentGradient RandomDerivative(int channels)
    {
        MomentGradient derivative = new(channels);
        Numbers.NormalDoubles(6, channels).CopyTo(derivative.Values, 0);
        double[] random = Numbers.NormalDoubles(7, channels * channels);
        for (int i = 0; i < random.Length; i++)
            derivative.Products[i] = (random[i] + random[(i % channels * channels) + (i / channels)]) / 2;
        return derivative;
    }

    private static (double[] Values, double[] Products) Sums(Shape shape, double[] map)
    {
        int channels = shape.Channels;
        double[] values = new double[channels], products = new double[channels * channels];
        for (int pixel = 0; pixel < map.Length; pixel += channels)
        {
            for (int i = 0; i < channels; i++)
            {
                values[i] += map[pixel + i];
                for (int j = 0; j < channels; j++)
                    products[(i * channels) + j] += map[pixel + i] * map[pixel + j];
            }
        }

        return (values, products);
    }
}
