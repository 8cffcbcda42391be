using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>Searches for nearest neighbors, distances from them, and the gradient of these, against plain loops.
/// </summary>
public sealed class NeighborTests
{
    // 250 columns are more than one part and several blocks; banks fill the columns of a panel, one fewer, or one more;
    // 150 channels are no multiple of 16.
    public static TheoryData<int, (int Height, int Width, int Channels, int Count)> Cases => Widths.With(
        (1, 1, 16, 1), (1, 9, 17, 63), (8, 1, 48, 65), (5, 7, 100, 64), (7, 9, 24, 1200), (21, 34, 64, 63),
        (3, 250, 5, 65), (4, 5, 150, 1200));

    [Theory]
    [MemberData(nameof(Cases))]
    public void FindNeighbors_WithAndWithoutGuide_AreThePlainNearestOnes(
        int bits, (int Height, int Width, int Channels, int Count) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        NeighborCase numbers = New(size);
        foreach ((bool isGuided, bool isWeighted) in ((bool, bool)[])[(false, false), (true, false), (true, true)])
        {
            using NeighborScene scene = new(engine, numbers) { IsWeighted = isWeighted };
            int[] found = scene.Find(isGuided, scene.All);
            for (int position = 0; position < found.Length; position++)
            {
                // Of two that are nearly as near, rounding may choose.
                double[] scores = numbers.Scores(position, isGuided, isWeighted);
                Assert.InRange(found[position], 0, size.Count - 1);
                Assert.InRange(scores.Max() - scores[found[position]], 0, 2e-6);
            }

            scene.Features.AssertClean();
        }
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void FindNeighbors_ShareOfOne_SearchesTheGuideAlone(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        NeighborCase numbers = New((5, 7, 24, 65));
        using NeighborScene scene = new(engine, numbers);
        int[] guided = new int[35], alone = new int[35];

        engine.FindNeighbors(
            scene.Centered, new NeighborGuide(scene.Guide, 1), scene.Bank, numbers.Offsets, scene.Neighbors, scene.All);
        engine.Read(scene.Neighbors, guided);
        engine.FindNeighbors(scene.Guide, null, scene.Bank, numbers.Offsets, scene.Neighbors, scene.All);
        engine.Read(scene.Neighbors, alone);

        Assert.Equal(alone, guided);
        Assert.NotEqual(alone, scene.Find(isGuided: false, scene.All));
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void FindNeighbors_EqualVectors_TakesTheFirst(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        NeighborCase numbers = New((5, 7, 24, 7));

        // Every seventh vector is the same, so that they lie in all lanes and panels.
        float[] repeated = [.. Enumerable.Range(0, 150).SelectMany(_ => numbers.Vectors)];
        using NeighborScene scene = new(engine, numbers);
        using FeatureBank bank = engine.CreateBank(24, repeated);
        float[] offsets = new float[bank.Count];
        int[] found = new int[35];

        engine.FindNeighbors(scene.Centered, null, bank, offsets, scene.Neighbors, scene.All);
        engine.Read(scene.Neighbors, found);

        Assert.All(found, index => Assert.InRange(index, 0, 6));
        Assert.True(found.Distinct().Count() > 1);

        // Without the first two hundred, the first of what is left.
        offsets.AsSpan(0, 200).Fill(-1.5f);
        offsets.AsSpan(200).Fill(1.5f);
        engine.FindNeighbors(scene.Centered, null, bank, offsets, scene.Neighbors, scene.All);
        engine.Read(scene.Neighbors, found);

        Assert.All(found, index => Assert.InRange(index, 200, 206));
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void FindNeighbors_FeaturesEqualToTheMean_LeavesTheChoiceToTheOffsets(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        float[] mean = Numbers.Uniform(1, 24), offsets = [.. Enumerable.Repeat(-0.25f, 100)];
        using GuardedMap map = new(engine, new Shape(3, 5, 24), [.. Enumerable.Range(0, 15).SelectMany(_ => mean)]);
        using FeatureBank bank = engine.CreateBank(24, NeighborCase.UnitVectors(2, 100, 24));
        using NeighborMap neighbors = engine.CreateNeighbors(3, 5);
        int[] found = new int[15];

        offsets[71] = offsets[90] = 0.5f;
        engine.FindNeighbors(new(map.Map, mean), null, bank, offsets, neighbors, new Rows(0, 3));
        engine.Read(neighbors, found);

        Assert.All(found, index => Assert.Equal(71, index));
        Assert.Equal(15, engine.NeighborDistance(new(map.Map, mean), bank, neighbors, new Rows(0, 3)), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void AllOperations_AnyBands_SameBits(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        NeighborCase numbers = New((13, 34, 40, 130));
        using NeighborScene scene = new(engine, numbers);
        using GuardedMap whole = GuardedMap.Random(engine, numbers.Size, seed: 9);
        using GuardedMap inBands = GuardedMap.Random(engine, numbers.Size, seed: 9);
        int[] expected = scene.Find(isGuided: true, scene.All);
        double distance =
            engine.NeighborDistance(scene.Centered, scene.Bank, scene.Neighbors, scene.All, scene.Weights);
        engine.AddNeighborGradient(
            scene.Centered, scene.Bank, scene.Neighbors, 0.5f, whole.Map, scene.All, scene.Weights);

        Rows[] bands = [new(0, 1), new(1, 7), new(7, 9), new(9, 13)];
        engine.Write(new int[numbers.Size.Area], scene.Neighbors);
        Assert.Equal(expected, scene.Find(isGuided: true, bands));
        double sum = 0;
        foreach (Rows band in bands)
        {
            sum += engine.NeighborDistance(scene.Centered, scene.Bank, scene.Neighbors, band, scene.Weights);
            engine.AddNeighborGradient(
                scene.Centered, scene.Bank, scene.Neighbors, 0.5f, inBands.Map, band, scene.Weights);
        }

        Assert.Equal(distance, sum, 1e-12 * distance);
        Assert.Equal(whole.Values, inBands.Values);
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void AllOperations_SomeRows_LeaveTheOthersAlone(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        NeighborCase numbers = New((6, 5, 24, 65));
        using NeighborScene scene = new NeighborScene(engine, numbers).WithNeighbors();
        using GuardedMap gradient = GuardedMap.Random(engine, numbers.Size, seed: 9);
        double[] before = gradient.Values;

        int[] found = scene.Find(isGuided: false, new Rows(2, 4));
        engine.AddNeighborGradient(scene.Centered, scene.Bank, scene.Neighbors, 1, gradient.Map, new Rows(2, 4));

        Assert.Equal(numbers.Neighbors[..10], found[..10]);
        Assert.NotEqual(numbers.Neighbors[10..20], found[10..20]);
        Assert.Equal(numbers.Neighbors[20..], found[20..]);
        Assert.Equal(before[..(10 * 24)], gradient.Values[..(10 * 24)]);
        Assert.NotEqual(before[(10 * 24)..(20 * 24)], gradient.Values[(10 * 24)..(20 * 24)]);
        Assert.Equal(before[(20 * 24)..], gradient.Values[(20 * 24)..]);
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void AllOperations_AnyNumberOfThreads_SameBits(int bits)
    {
        NeighborCase numbers = New((45, 31, 40, 130));
        (int[] Found, double[] Values) Results(int threads)
        {
            using IEngine engine = Widths.NewEngine(bits, threads);
            using NeighborScene scene = new(engine, numbers);
            using GuardedMap gradient = GuardedMap.Random(engine, numbers.Size, seed: 9);
            int[] found = scene.Find(isGuided: true, scene.All);
            double distance =
                engine.NeighborDistance(scene.Centered, scene.Bank, scene.Neighbors, scene.All, scene.Weights);
            engine.AddNeighborGradient(
                scene.Centered, scene.Bank, scene.Neighbors, 0.5f, gradient.Map, scene.All, scene.Weights);
            return (found, [distance, .. gradient.Values]);
        }

        (int[] found, double[] values) = Results(threads: 1);
        (int[] foundByTwo, double[] valuesOfTwo) = Results(threads: 2);
        Assert.Equal(found, foundByTwo);
        Assert.Equal(values, valuesOfTwo);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void NeighborDistance_WithAndWithoutWeights_IsThePlainSum(
        int bits, (int Height, int Width, int Channels, int Count) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        NeighborCase numbers = New(size);
        using NeighborScene scene = new NeighborScene(engine, numbers).WithNeighbors();
        double[] distances = [.. Enumerable.Range(0, (int)numbers.Size.Area)
            .Select(position => numbers.Distance(position, numbers.At(numbers.Features, position)))];

        Assert.Equal(
            distances.Sum(),
            engine.NeighborDistance(scene.Centered, scene.Bank, scene.Neighbors, scene.All),
            1e-6 * distances.Length);
        Assert.Equal(
            distances.Select((distance, i) => numbers.Weights[i] * distance).Sum(),
            engine.NeighborDistance(scene.Centered, scene.Bank, scene.Neighbors, scene.All, scene.Weights),
            1e-6 * distances.Length);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AddNeighborGradient_WithAndWithoutWeights_AddsThePlainGradientBeforeTheRelu(
        int bits, (int Height, int Width, int Channels, int Count) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        NeighborCase numbers = New(size);
        using NeighborScene scene = new NeighborScene(engine, numbers).WithNeighbors();
        foreach (PositionWeights? weights in (PositionWeights?[])[null, scene.Weights])
        {
            using GuardedMap gradient = GuardedMap.Random(engine, numbers.Size, seed: 9);
            double[] expected = gradient.Values;

            engine.AddNeighborGradient(
                scene.Centered, scene.Bank, scene.Neighbors, -0.75f, gradient.Map, scene.All, weights);

            for (int i = 0; i < expected.Length; i++)
            {
                (int position, int channel) = Math.DivRem(i, size.Channels);
                double weight = weights is null ? 1 : numbers.Weights[position];
                double sum = expected[i] + (-0.75 * weight * numbers.Slope(position, channel));
                expected[i] = numbers.Features[i] > 0 ? sum : 0;
            }

            Numbers.AssertClose(expected, gradient.Values, 1e-6);
            gradient.AssertClean();
        }
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void AddNeighborGradient_EveryFeature_AgreesWithFiniteDifferences(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        NeighborCase numbers = New((5, 7, 24, 65));
        using NeighborScene scene = new NeighborScene(engine, numbers).WithNeighbors();
        using GuardedMap gradient = new(engine, numbers.Size);
        engine.AddNeighborGradient(scene.Centered, scene.Bank, scene.Neighbors, 1, gradient.Map, scene.All);

        // The differences are those of the plain loop: float32 would leave few digits of them.
        double[] expected = new double[gradient.Values.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            (int position, int channel) = Math.DivRem(i, 24);
            double At(double step)
            {
                double[] features = numbers.At(numbers.Features, position);
                features[channel] += step;
                return numbers.Distance(position, features);
            }

            expected[i] = numbers.Features[i] > 0 ? (At(1e-5) - At(-1e-5)) / 2e-5 : 0;
        }

        Numbers.AssertClose(expected, gradient.Values, 1e-6);
        Assert.Contains(numbers.Features, feature => feature == 0);

        // And those of the engine along the gradient, where the slope is its squared length.
        double square = expected.Sum(slope => slope * slope), step = 0.01;
        double Along(double distance)
        {
            using GuardedMap moved = new(
                engine, numbers.Size,
                [.. numbers.Features.Zip(expected, (feature, slope) => (float)(feature + (distance * slope)))]);
            return engine.NeighborDistance(
                new CenteredFeatures(moved.Map, numbers.Mean), scene.Bank, scene.Neighbors, scene.All);
        }

        Assert.Equal(square, (Along(step) - Along(-step)) / (2 * step), 1e-3 * square);
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void FindNeighbors_FeaturesThatAreNotNumbers_GivesIndicesOfTheBankAndSparesOtherPositions(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        foreach (int count in (int[])[1, 65, 1200])
        {
            NeighborCase numbers = New((5, 7, 24, count));
            using NeighborScene scene = new(engine, numbers);
            int[] expected = scene.Find(isGuided: false, scene.All);
            float[] soiled = [.. numbers.Features];
            soiled[(3 * 24) + 5] = float.NaN;
            soiled.AsSpan(9 * 24, 24).Fill(float.NaN);
            soiled[(17 * 24) + 23] = float.PositiveInfinity;
            soiled.AsSpan(34 * 24, 24).Fill(float.MaxValue);
            using GuardedMap features = new(engine, numbers.Size, soiled);
            CenteredFeatures centered = new(features.Map, numbers.Mean);
            int[] found = new int[35];

            engine.FindNeighbors(centered, null, scene.Bank, numbers.Offsets, scene.Neighbors, scene.All);
            engine.Read(scene.Neighbors, found);

            Assert.All(found, index => Assert.InRange(index, 0, count - 1));
            foreach (int position in Enumerable.Range(0, 35).Except([3, 9, 17, 34]))
                Assert.Equal(expected[position], found[position]);
            Assert.True(double.IsNaN(
                engine.NeighborDistance(centered, scene.Bank, scene.Neighbors, scene.All)));
        }
    }

    private static NeighborCase New((int Height, int Width, int Channels, int Count) size)
        => new(new Shape(size.Height, size.Width, size.Channels), size.Count);
}
