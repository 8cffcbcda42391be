using Atelier.Engine;
using Atelier.Statistics;
using Atelier.Tensors;

namespace Atelier.Tests.Engine;

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
