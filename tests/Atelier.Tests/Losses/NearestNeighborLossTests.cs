using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Losses;
using Atelier.Styles;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Losses;

/// <summary>The nearest-neighbor loss of a layer: against values and gradients that PyTorch made in float64, at the
/// artwork itself, with masks, balanced, and from one search to the next.</summary>
public sealed class NearestNeighborLossTests
{
    private const string Layer = "relu3_1";
    private const int Channels = 24;

    private static readonly Shape Size = new(7, 9, Channels);

    public static TheoryData<int, string> References => Widths.With("", "masked_");

    [Theory]
    [MemberData(nameof(References))]
    public void Finish_ReferenceCase_ValueNeighborsAndGradientAgree(int bits, string prefix)
    {
        using IEngine engine = Widths.NewEngine(bits);
        WeightStore expected = Fixture.Reference("neighbors");
        float[] Of(string name) => expected.Tensors[name].Values;
        using GuardedMap features = new(engine, Size, Transposed(Of("features")));
        using GuardedMap guide = new(engine, Size, Transposed(Of("guide")));
        using GuardedMap gradient = new(engine, Size);
        using NearestNeighborLoss loss = new(
            engine, Layer, engine.CreateBank(Channels, Of("bank")), expected.Number("share"), balance: 0, weight: 1,
            prefix.Length == 0 ? null : engine.CreatePositionWeights(Size.Height, Size.Width, Of("mask")));

        // In bands, as networks show them.
        Rows[] bands = [new(0, 3), new(3, 4), new(4, 7)];
        Array.ForEach(bands, band => loss.SetTarget(Layer, guide.Map, band));
        Array.ForEach(bands, band => loss.MeasureMean(features.Map, band));
        loss.SetMean();
        loss.BeginIteration(0);
        Array.ForEach(bands, band => loss.Measure(Layer, features.Map, band));
        Assert.Equal(expected.Number(prefix + "loss"), loss.Finish(), 1e-5);
        Array.ForEach(bands, band => loss.AddGradient(Layer, features.Map, gradient.Map, band));

        Numbers.AssertClose(
            Numbers.Doubles(Transposed(Of(prefix + "gradient"))), gradient.Values, 1e-5);

        using FeatureBank bank = engine.CreateBank(Channels, Of("bank"));
        using NeighborMap neighbors = engine.CreateNeighbors(Size.Height, Size.Width);
        engine.FindNeighbors(
            new CenteredFeatures(features.Map, Of(prefix + "mean")),
            new NeighborGuide(
                new CenteredFeatures(guide.Map, Of(prefix + "guide_mean")), (float)expected.Number("share")),
            bank, new float[bank.Count], neighbors, Rows.All(features.Map));
        int[] found = new int[Size.Area];
        engine.Read(neighbors, found);
        Assert.Equal(Of(prefix + "neighbors").Select(index => (int)index), found);
    }

    [Fact]
    public void Finish_AtTheArtwork_IsNearZeroWhereItWasSampled()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap artwork = Features(engine, seed: 1), gradient = new(engine, Size);
        using NearestNeighborLoss whole = New(engine, Sample(engine, artwork, count: 1200));

        Assert.Equal(0, Search(whole, artwork), 1e-4);
        whole.AddGradient(artwork.Map, gradient.Map);
        Assert.All(gradient.Values, derivative => Assert.Equal(0, derivative, 1e-4));

        // Nothing else of the artwork has the direction of a sample.
        FeatureSample sample = Sample(engine, artwork, count: 20);
        using FeatureBank bank = engine.CreateBank(Channels, sample.Vectors);
        Assert.Equal(20, Distances(engine, artwork, bank).Count(distance => distance < 1e-4));
        using NearestNeighborLoss part = New(engine, sample);
        Assert.InRange(Search(part, artwork), 0.1, 1);
    }

    [Theory]
    [InlineData(0), InlineData(0.5)]
    public void Finish_Masked_DoesNotDependOnOtherPositions(double balance)
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap features = Features(engine, seed: 2), guide = Features(engine, seed: 3);
        FeatureSample sample = Sample(engine, guide, count: 20);
        float[] mask = [.. Numbers.Uniform(4, (int)Size.Area).Select((weight, i) => i % 9 < 4 ? 0 : weight)];
        float[] Soiled(GuardedMap map, int seed) => [.. map.Values.Zip(
            Numbers.Uniform(seed, (int)Size.Count), (value, other) => (float)value + (3 * other))
            .Select((other, i) => mask[i / Channels] == 0 ? other : (float)map.Values[i])];
        using GuardedMap otherFeatures = new(engine, Size, Soiled(features, seed: 5));
        using GuardedMap otherGuide = new(engine, Size, Soiled(guide, seed: 6));
        (double[] Values, double[] Gradient) Results(GuardedMap shown, GuardedMap photograph)
        {
            using GuardedMap gradient = new(engine, Size);
            using NearestNeighborLoss loss = new(
                engine, Layer, engine.CreateBank(Channels, sample.Vectors), guideShare: 0.25, balance, weight: 3,
                engine.CreatePositionWeights(Size.Height, Size.Width, mask));
            loss.SetTarget(Layer, photograph.Map, Rows.All(photograph.Map));
            double[] values = [.. Enumerable.Range(0, 8).Select(i => Search(loss, shown, iteration: 5 * i))];
            loss.AddGradient(shown.Map, gradient.Map);
            return (values, gradient.Values);
        }

        (double[] values, double[] gradient) = Results(features, guide);
        (double[] otherValues, double[] otherGradient) = Results(otherFeatures, otherGuide);

        // What has no weight adds zeros to the sums, which leaves their bits as they are.
        Assert.Equal(values, otherValues);
        Assert.Equal(gradient, otherGradient);
        Assert.Equal(
            mask.Select(weight => weight == 0),
            gradient.Chunk(Channels).Select(position => position.All(derivative => derivative == 0)));
    }

    [Fact]
    public void Finish_Balanced_UsesMoreOfTheVectors()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap artwork = Features(engine, seed: 1);

        // Most positions are alike, as in a flat part of a photograph.
        float[] spot = Numbers.Uniform(7, Channels);
        using GuardedMap flat = new(engine, Size, [.. Features(8).Select((value, i) =>
            i < 9 * Channels ? value : spot[i % Channels] + (0.05f * value))]);
        FeatureSample sample = Sample(engine, artwork, count: 40);
        int Used(double balance)
        {
            using NearestNeighborLoss loss = New(engine, sample, balance);
            for (int search = 0; search < 40; search++)
                Search(loss, flat, 5 * search);
            return Decode(engine, loss, flat, sample).Distinct().Count();
        }

        int nearest = Used(balance: 0), little = Used(balance: 0.05), much = Used(balance: 0.2);
        Assert.True(nearest < little && little < much, $"{nearest}, {little} and {much} of 40 vectors are used.");
    }

    [Fact]
    public void Finish_Balanced_MovesEachOffsetByTheLogarithmOfItsUse()
    {
        using IEngine engine = CpuEngine.Create();
        using GuardedMap features = Features(engine, seed: 2);
        FeatureSample sample = Sample(engine, Features(1), count: 8);
        using NearestNeighborLoss loss = New(engine, sample, balance: 0.4);
        Search(loss, features);

        int[] uses = new int[8];
        foreach (float neighbor in Saved("neighbors " + Layer)) uses[(int)neighbor]++;
        double mean = Size.Area / 8.0;
        Assert.Equal(Size.Area, uses.Sum());
        Numbers.AssertClose(
            [.. uses.Select(count => Math.Clamp(-0.1 * 0.4 * Math.Log(((count / mean) + 0.1) / 1.1), -0.4, 0.4))],
            Numbers.Doubles(Saved($"neighbors {Layer} offsets")), 1e-6);

        float[] Saved(string name) => loss.SavedValues.Single(values => values.Name == name).Read();
    }

    [Fact]
    public void BeginIteration_BetweenSearches_KeepsNeighborsAndMean()
    {
        using IEngine engine = CpuEngine.Create();
        FeatureSample sample = Sample(engine, Features(1), count: 40);
        using NearestNeighborLoss loss = New(engine, sample);
        using FeatureBank bank = engine.CreateBank(Channels, sample.Vectors);
        using NeighborMap neighbors = engine.CreateNeighbors(Size.Height, Size.Width);
        using GuardedMap first = Features(engine, seed: 10);
        double Expected(GuardedMap shown, GuardedMap measured, bool searches)
        {
            CenteredFeatures centered = new(shown.Map, Mean(measured));
            Rows all = Rows.All(shown.Map);
            if (searches)
            {
                engine.FindNeighbors(centered, null, bank, new float[bank.Count], neighbors, all);
            }

            return engine.NeighborDistance(centered, bank, neighbors, all) / Size.Area;
        }

        Assert.Equal(Expected(first, first, searches: true), Search(loss, first), 1e-6);
        for (int iteration = 0; iteration < 5; iteration++)
        {
            // The first iteration goes on without another search, as line searches do.
            using GuardedMap next = Features(engine, seed: 11 + iteration);
            if (iteration > 0)
            {
                loss.BeginIteration(iteration);
            }

            loss.Measure(next.Map);
            Assert.Equal(Expected(next, first, searches: false), loss.Finish(), 1e-6);
        }

        // The mean is that of the iteration before the search.
        using GuardedMap fourth = Features(engine, seed: 15), fifth = Features(engine, seed: 16);
        double stale = Expected(fifth, first, searches: false);
        loss.BeginIteration(5);
        loss.Measure(fifth.Map);
        double value = loss.Finish();
        Assert.Equal(Expected(fifth, fourth, searches: true), value, 1e-6);
        Assert.True(value < 0.9 * stale);
    }

    [Fact]
    public void SetTarget_AnotherPhotograph_ReplacesTheGuide()
    {
        using IEngine engine = CpuEngine.Create();
        FeatureSample sample = Sample(engine, Features(1), count: 40);
        using GuardedMap features = Features(engine, seed: 2);
        double Value(params int[] seeds)
        {
            using NearestNeighborLoss loss = new(
                engine, Layer, engine.CreateBank(Channels, sample.Vectors), guideShare: 0.75, balance: 0, weight: 1);
            foreach (int seed in seeds)
            {
                using GuardedMap photograph = Features(engine, seed);
                loss.SetTarget(Layer, photograph.Map, new Rows(0, 2));
                loss.SetTarget(Layer, photograph.Map, new Rows(2, 7));
            }

            return Search(loss, features);
        }

        Assert.Equal(Value(4), Value(3, 4));
        Assert.NotEqual(Value(3), Value(4), 1e-3);
        Assert.True(Value() < Value(4), "A guide leads away from the nearest neighbors.");
    }

    [Fact]
    public void AddGradient_DoubleWeight_DoublesTheGradientAndNotTheValue()
    {
        using IEngine engine = CpuEngine.Create();
        FeatureSample sample = Sample(engine, Features(1), count: 40);
        using GuardedMap features = Features(engine, seed: 2), once = new(engine, Size), twice = new(engine, Size);
        using NearestNeighborLoss single = New(engine, sample), full = New(engine, sample, weight: 2);

        Assert.Equal(Search(single, features), Search(full, features));
        single.AddGradient(features.Map, once.Map);
        full.AddGradient(features.Map, twice.Map);

        Assert.Contains(once.Values, derivative => derivative != 0);
        Numbers.AssertClose([.. once.Values.Select(value => 2 * value)], twice.Values, 1e-6);
    }

    private static NearestNeighborLoss New(
        IEngine engine, FeatureSample sample, double balance = 0, double weight = 1)
        => new(engine, Layer, engine.CreateBank(Channels, sample.Vectors), guideShare: 0, balance, weight);

    /// <summary>The value right after a search with the features' own mean.</summary>
    private static double Search(NearestNeighborLoss loss, GuardedMap features, int iteration = 0)
    {
        loss.MeasureMean(features.Map, Rows.All(features.Map));
        loss.SetMean();
        loss.BeginIteration(iteration);
        loss.Measure(features.Map);
        return loss.Finish();
    }

    private static FeatureSample Sample(IEngine engine, float[] values, int count)
    {
        using GuardedMap map = new(engine, Size, values);
        return Sample(engine, map, count);
    }

    private static FeatureSample Sample(IEngine engine, GuardedMap map, int count)
    {
        using FeatureSampler sampler = new(engine, Layer, count, seed: 1, where: null);
        sampler.Measure(Layer, map.Map, Rows.All(map.Map));
        return sampler.Finish();
    }

    /// <summary>The distance of every position from its neighbor.</summary>
    private static double[] Distances(IEngine engine, GuardedMap features, FeatureBank bank)
    {
        CenteredFeatures centered = new(features.Map, Mean(features));
        using NeighborMap neighbors = engine.CreateNeighbors(Size.Height, Size.Width);
        engine.FindNeighbors(
            centered, null, bank, new float[bank.Count], neighbors, Rows.All(features.Map));
        return [.. Enumerable.Range(0, (int)Size.Area).Select(position =>
        {
            float[] one = new float[Size.Area];
            one[position] = 1;
            using PositionWeights where = engine.CreatePositionWeights(Size.Height, Size.Width, one);
            return engine.NeighborDistance(centered, bank, neighbors, Rows.All(features.Map), where);
        })];
    }

    /// <summary>The neighbors that a loss has chosen, from its gradient: it is the part of the neighbor that is normal
    /// to the position's direction.</summary>
    private static int[] Decode(
        IEngine engine, NearestNeighborLoss loss, GuardedMap features, FeatureSample sample)
    {
        using GuardedMap gradient = new(engine, Size);
        loss.AddGradient(features.Map, gradient.Map);
        float[] mean = Mean(features);
        double[][] slopes = [.. gradient.Values.Chunk(Channels)];
        double[][] vectors = [.. features.Values.Chunk(Channels)
            .Select(position => position.Select((value, c) => value - mean[c]).ToArray())];
        float[][] bank = [.. sample.Vectors.Chunk(Channels)];
        double[][] values = [.. features.Values.Chunk(Channels)];
        return [.. Enumerable.Range(0, (int)Size.Area).Select(position =>
        {
            double[] vector = vectors[position];
            double square = vector.Sum(value => value * value);
            double scale = Size.Area * Math.Sqrt(square);
            double Difference(float[] candidate)
            {
                double product = candidate.Zip(vector, (b, v) => b * v).Sum();
                return Enumerable.Range(0, Channels).Where(c => values[position][c] > 0).Sum(c => Math.Pow(
                    (scale * slopes[position][c]) + candidate[c] - (product * vector[c] / square), 2));
            }

            double[] differences = Array.ConvertAll(bank, Difference);
            Assert.Equal(0, differences.Min(), 1e-3);
            return Array.IndexOf(differences, differences.Min());
        })];
    }

    private static float[] Mean(GuardedMap map)
        => [.. Enumerable.Range(0, Channels).Select(c =>
            (float)map.Values.Where((_, i) => i % Channels == c).Average())];

    private static GuardedMap Features(IEngine engine, int seed) => new(engine, Size, Features(seed));

    /// <summary>As a ReLU leaves them: a part of them is zero.</summary>
    private static float[] Features(int seed)
        => [.. Numbers.Normal(seed, (int)Size.Count).Select(value => Math.Max(0, value + 0.5f))];

    /// <summary>[C, H, W] as [H, W, C].</summary>
    private static float[] Transposed(float[] planes)
        => [.. Enumerable.Range(0, planes.Length).Select(i =>
            planes[(i % Channels * Size.Area) + (i / Channels)])];
}
