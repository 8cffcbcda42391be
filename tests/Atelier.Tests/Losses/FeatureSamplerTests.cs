using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Losses;
using Atelier.Styles;
using Atelier.Testing;

namespace Atelier.Tests.Losses;

/// <summary>Samples of an artwork's features: which positions, relative to which mean, and in how many parts.</summary>
public sealed class FeatureSamplerTests
{
    private const string Layer = "relu2_1";
    private const int Channels = 17;

    private static readonly Shape Size = new(5, 7, Channels);

    [Fact]
    public void Finish_MoreThanAllPositions_IsEveryDirectionFromTheMean()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap map = GuardedMap.Random(engine, Size, seed: 1);

        FeatureSample sample = Sample(engine, map, count: 1200);

        Assert.Equal((Channels, 35), (sample.Channels, sample.Count));
        AssertSame(Directions(map.Values, mask: null), sample.Vectors, count: 35);
    }

    [Fact]
    public void Finish_MaskedArtwork_TakesNothingFromPositionsWithoutWeight()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap map = GuardedMap.Random(engine, Size, seed: 1);
        float[] mask = [.. Numbers.Uniform(2, 35).Select((weight, i) => i % 7 < 3 ? 0 : weight)];

        FeatureSample sample = Sample(engine, map, count: 1200, mask);

        AssertSame(Directions(map.Values, mask), sample.Vectors, count: 20);
    }

    [Fact]
    public void Finish_FewerThanAllPositions_IsAPartThatDependsOnTheSeed()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap map = GuardedMap.Random(engine, Size, seed: 1);

        FeatureSample sample = Sample(engine, map, count: 12);

        AssertSame(Directions(map.Values, mask: null), sample.Vectors, count: 12);
        Assert.Equal(sample.Vectors, Sample(engine, map, count: 12).Vectors);
        Assert.NotEqual(sample.Vectors, Sample(engine, map, count: 12, seed: 2).Vectors);
    }

    [Fact]
    public void Measure_BandsAndOtherLayers_IsTheSampleOfTheWholeLayer()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap map = GuardedMap.Random(engine, Size, seed: 1);
        using GuardedMap other = GuardedMap.Random(engine, Size, seed: 2);
        using FeatureSampler sampler = new(engine, Layer, count: 12, seed: 1, where: null);
        foreach (Rows band in (Rows[])[new(0, 1), new(1, 4), new(4, 5)])
        {
            sampler.Measure(Layer, map.Map, band);
            sampler.Measure("relu1_1", other.Map, band);
        }

        Assert.Equal(Sample(engine, map, count: 12).Vectors, sampler.Finish().Vectors);
    }

    private static FeatureSample Sample(
        IEngine engine, GuardedMap map, int count, float[]? mask = null, int seed = 1)
    {
        using FeatureSampler sampler = new(
            engine, Layer, count, seed,
            mask is null ? null : engine.CreatePositionWeights(Size.Height, Size.Width, mask));
        sampler.Measure(Layer, map.Map, Rows.All(map.Map));
        return sampler.Finish();
    }

    /// <summary>The direction of every position with weight from the weighted mean.</summary>
    private static double[][] Directions(double[] values, float[]? mask)
    {
        double[][] positions = [.. values.Chunk(Channels)];
        double[] weights = [.. positions.Select((_, i) => mask is null ? 1.0 : mask[i])];
        double[] mean = [.. Enumerable.Range(0, Channels).Select(c =>
            positions.Zip(weights, (position, weight) => weight * position[c]).Sum() / weights.Sum())];
        return [.. positions.Where((_, i) => weights[i] > 0).Select(position =>
        {
            double[] vector = [.. position.Zip(mean, (value, middle) => value - middle)];
            double length = Math.Sqrt(vector.Sum(value => value * value));
            return Array.ConvertAll(vector, value => value / length);
        })];
    }

    /// <summary>A sample is some number of different ones of the expected vectors.</summary>
    private static void AssertSame(double[][] expected, float[] sample, int count)
    {
        int[] found = [.. sample.Chunk(Channels).Select(vector => Array.FindIndex(
            expected, each => each.Zip(vector, (a, b) => Math.Abs(a - b)).Max() < 3e-4))];
        Assert.Equal(count, found.Length);
        Assert.DoesNotContain(-1, found);
        Assert.Equal(count, found.Distinct().Count());
    }
}
