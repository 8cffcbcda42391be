using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>Sums of products of two maps' feature vectors, one map repeated to the size of the other, and the gradients
/// through them, against plain twins.</summary>
public sealed class CrossMomentsTests
{
    private const float Shift = -0.75f;

    // One size; halved, with a row or a column left over, or both; through two pools; more than one slab.
    public static TheoryData<int, (Shape Deeper, Shape Shallower)> Cases => Widths.With(
        (new Shape(5, 7, 17), new Shape(5, 7, 33)),
        (new Shape(1, 1, 16), new Shape(3, 2, 5)),
        (new Shape(4, 6, 40), new Shape(9, 12, 20)),
        (new Shape(8, 5, 33), new Shape(17, 11, 16)),
        (new Shape(3, 4, 150), new Shape(13, 18, 17)),
        (new Shape(34, 51, 600), new Shape(34, 51, 10)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddCrossMoments_AnyShapes_ArePlainSumsOnTopOfWhatWasThere(
        int bits, (Shape Deeper, Shape Shallower) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using GuardedMap deeper = GuardedMap.Random(engine, size.Deeper, seed: 1);
        using GuardedMap shallower = GuardedMap.Random(engine, size.Shallower, seed: 2);
        double[] products = new double[size.Deeper.Channels * size.Shallower.Channels];

        engine.AddCrossMoments(deeper.Map, shallower.Map, Shift, products);
        engine.AddCrossMoments(deeper.Map, shallower.Map, Shift, products);

        double[] expected = Products(size, deeper.Values, shallower.Values, weights: null);
        Numbers.AssertClose([.. expected.Select(value => 2 * value)], products, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddCrossMoments_Weighted_ArePlainWeightedSums(int bits, (Shape Deeper, Shape Shallower) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using GuardedMap deeper = GuardedMap.Random(engine, size.Deeper, seed: 1);
        using GuardedMap shallower = GuardedMap.Random(engine, size.Shallower, seed: 2);
        float[] weights = Weights(size.Shallower);
        using PositionWeights plane =
            engine.CreatePositionWeights(size.Shallower.Height, size.Shallower.Width, weights);
        double[] products = new double[size.Deeper.Channels * size.Shallower.Channels];

        engine.AddCrossMoments(deeper.Map, shallower.Map, Shift, products, plane);

        Numbers.AssertClose(Products(size, deeper.Values, shallower.Values, weights), products, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddCrossMomentsGradient_EitherMap_AddsThePlainGradientBeforeTheRelu(
        int bits, (Shape Deeper, Shape Shallower) size)
    {
        AssertGradient(bits, size, weights: null);
        AssertGradient(bits, size, Weights(size.Shallower));
    }

    private static void AssertGradient(int bits, (Shape Deeper, Shape Shallower) size, float[]? weights)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using PositionWeights? plane =
            weights is null ? null : engine.CreatePositionWeights(size.Shallower.Height, size.Shallower.Width, weights);
        using GuardedMap deeper = GuardedMap.Random(engine, size.Deeper, seed: 1);
        using GuardedMap shallower = GuardedMap.Random(engine, size.Shallower, seed: 2);
        using GuardedMap deeperGradient = GuardedMap.Random(engine, size.Deeper, seed: 3);
        using GuardedMap shallowerGradient = GuardedMap.Random(engine, size.Shallower, seed: 4);
        (int rows, int columns) = (size.Deeper.Channels, size.Shallower.Channels);
        double[] byShallower = Numbers.NormalDoubles(5, rows * columns);
        double[] byDeeper = [.. Enumerable.Range(0, rows * columns)
            .Select(i => byShallower[(i % rows * columns) + (i / rows)])];
        double[] a = deeper.Values, b = shallower.Values, da = deeperGradient.Values, db = shallowerGradient.Values;

        foreach (Rows part in (Rows[])[new(0, size.Deeper.Height / 2), new(size.Deeper.Height / 2, size.Deeper.Height)])
        {
            engine.AddCrossMomentsGradient(
                deeper.Map, shallower.Map, Shift, byDeeper, deeperGradient.Map, part, plane);
        }

        engine.AddCrossMomentsGradient(
            shallower.Map, deeper.Map, Shift, byShallower, shallowerGradient.Map, Rows.All(shallower.Map),
            plane);

        foreach ((int i, int j, int position) in Pairs(size))
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    double slope = byShallower[(r * columns) + c] * (weights?[position] ?? 1);
                    da[i + r] += slope * (b[j + c] + Shift);
                    db[j + c] += slope * (a[i + r] + Shift);
                }
            }
        }

        Numbers.AssertClose([.. da.Select((value, i) => a[i] > 0 ? value : 0)], deeperGradient.Values, 3e-6);
        Numbers.AssertClose([.. db.Select((value, i) => b[i] > 0 ? value : 0)], shallowerGradient.Values, 3e-6);
        deeperGradient.AssertClean();
        shallowerGradient.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void AddCrossMoments_AnyNumberOfThreads_SameBits(int bits)
    {
        double[] Products(int threads)
        {
            using IEngine engine = Widths.NewEngine(bits, threads);
            using GuardedMap deeper = GuardedMap.Random(engine, new Shape(35, 52, 48), seed: 1);
            using GuardedMap shallower = GuardedMap.Random(engine, new Shape(71, 105, 33), seed: 2);
            double[] products = new double[48 * 33];
            engine.AddCrossMoments(deeper.Map, shallower.Map, Shift, products);
            engine.AddCrossMomentsGradient(
                shallower.Map, deeper.Map, Shift, products, shallower.Map, Rows.All(shallower.Map));
            return [.. products, .. shallower.Values];
        }

        Assert.Equal(Products(1), Products(3));
    }

    /// <summary>Some of them zero.</summary>
    private static float[] Weights(Shape shape)
        => [.. Numbers.Uniform(6, (int)shape.Area).Select((weight, i) => i % 5 == 3 ? 0 : weight)];

    /// <summary>Where the feature vectors of positions that go together begin: in the deeper map, in the shallower one,
    /// and which position of the latter it is.</summary>
    private static IEnumerable<(int Deeper, int Shallower, int Position)> Pairs((Shape Deeper, Shape Shallower) size)
    {
        for (int y = 0; y < size.Shallower.Height; y++)
        {
            for (int x = 0; x < size.Shallower.Width; x++)
            {
                int row = y * size.Deeper.Height / size.Shallower.Height;
                int column = x * size.Deeper.Width / size.Shallower.Width;
                yield return (((row * size.Deeper.Width) + column) * size.Deeper.Channels,
                    ((y * size.Shallower.Width) + x) * size.Shallower.Channels, (y * size.Shallower.Width) + x);
            }
        }
    }

    private static double[] Products(
        (Shape Deeper, Shape Shallower) size, double[] deeper, double[] shallower, float[]? weights)
    {
        (int rows, int columns) = (size.Deeper.Channels, size.Shallower.Channels);
        double[] products = new double[rows * columns];
        foreach ((int i, int j, int position) in Pairs(size))
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    products[(r * columns) + c] +=
                        (weights?[position] ?? 1) * (deeper[i + r] + Shift) * (shallower[j + c] + Shift);
                }
            }
        }

        return products;
    }
}
