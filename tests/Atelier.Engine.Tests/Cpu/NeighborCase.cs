using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>A map, a bank and all that goes with them, and the operations on neighbors as plain loops in double
/// precision.</summary>
internal sealed class NeighborCase
{
    internal const float Share = 0.25f;

    internal NeighborCase(Shape size, int count)
    {
        (Size, Count) = (size, count);
        Features = Map(seed: 1);
        Guide = Map(seed: 2);
        Mean = Numbers.Uniform(3, size.Channels);
        GuideMean = Numbers.Uniform(4, size.Channels);
        Vectors = UnitVectors(5, count, size.Channels);
        Offsets = [.. Numbers.Normal(6, count).Select(value => 0.1f * value)];

        // Some positions do not count at all.
        Weights = [.. Numbers.Uniform(7, (int)size.Area).Select((weight, i) => i % 5 == 3 ? 0 : 5 * weight)];
        Neighbors = [.. Numbers.Uniform(8, (int)size.Area).Select(value => Math.Min(count - 1, (int)(value * count)))];
    }

    internal Shape Size { get; }

    internal int Count { get; }

    /// <summary>[H, W, C], as a ReLU leaves them: a part of them is zero.</summary>
    internal float[] Features { get; }

    internal float[] Guide { get; }

    internal float[] Mean { get; }

    internal float[] GuideMean { get; }

    /// <summary>The bank.</summary>
    internal float[] Vectors { get; }

    internal float[] Offsets { get; }

    internal float[] Weights { get; }

    /// <summary>Some vector of the bank for each position, not the nearest one.</summary>
    internal int[] Neighbors { get; }

    internal static float[] UnitVectors(int seed, int count, int channels)
        => [.. Numbers.NormalDoubles(seed, count * channels).Chunk(channels).SelectMany(vector =>
        {
            double length = Math.Sqrt(vector.Sum(value => value * value));
            return vector.Select(value => (float)(value / length));
        })];

    /// <summary>The direction of a position, and its length before.</summary>
    internal static (double[] Direction, double Length) Direction(ReadOnlySpan<double> features, float[] mean)
    {
        double[] vector = new double[mean.Length];
        double square = 1e-3 * 1e-3;
        for (int c = 0; c < vector.Length; c++)
        {
            vector[c] = features[c] - mean[c];
            square += vector[c] * vector[c];
        }

        double length = Math.Sqrt(square);
        return (Array.ConvertAll(vector, value => value / length), length);
    }

    /// <summary>What the search compares for each vector of the bank.</summary>
    /// <param name="isWeighted">Whether the share of the guide is multiplied by the position's weight.</param>
    internal double[] Scores(int position, bool isGuided, bool isWeighted)
    {
        double[] direction = Direction(At(Features, position), Mean).Direction;
        if (isGuided)
        {
            double[] guide = Direction(At(Guide, position), GuideMean).Direction;
            double share = Math.Min(1, isWeighted ? Share * Weights[position] : Share);
            direction = [.. direction.Zip(guide, (own, other) => ((1 - share) * own) + (share * other))];
        }

        return [.. Enumerable.Range(0, Count).Select(i => Offsets[i] + Product(i, direction))];
    }

    /// <summary>1 − b·d.</summary>
    internal double Distance(int position, ReadOnlySpan<double> features)
        => 1 - Product(Neighbors[position], Direction(features, Mean).Direction);

    /// <summary>The derivative of <see cref="Distance"/> with respect to a feature, before the ReLU.</summary>
    internal double Slope(int position, int channel)
    {
        double[] features = At(Features, position);
        if (features[channel] <= 0)
        {
            return 0;
        }

        (double[] direction, double length) = Direction(features, Mean);
        int neighbor = Neighbors[position];
        double product = Product(neighbor, direction);
        return ((product * direction[channel]) - Vectors[(neighbor * Size.Channels) + channel]) / length;
    }

    internal double[] At(float[] map, int position)
        => Numbers.Doubles(map.AsSpan(position * Size.Channels, Size.Channels).ToArray());

    private double Product(int index, double[] direction)
    {
        double sum = 0;
        for (int c = 0; c < direction.Length; c++)
            sum += Vectors[(index * Size.Channels) + c] * direction[c];
        return sum;
    }

    private float[] Map(int seed)
        => [.. Numbers.Normal(seed, (int)Size.Count).Select(value => Math.Max(0, value + 0.5f))];
}

/// <summary>The same on an engine.</summary>
internal sealed class NeighborScene : IDisposable
{
    private readonly IEngine _engine;
    private readonly NeighborCase _case;
    private readonly GuardedMap _guide;

    internal NeighborScene(IEngine engine, NeighborCase numbers)
    {
        (_engine, _case) = (engine, numbers);
        Features = new GuardedMap(engine, numbers.Size, numbers.Features);
        _guide = new GuardedMap(engine, numbers.Size, numbers.Guide);
        Bank = engine.CreateBank(numbers.Size.Channels, numbers.Vectors);
        Neighbors = engine.CreateNeighbors(numbers.Size.Height, numbers.Size.Width);
        Weights = engine.CreatePositionWeights(numbers.Size.Height, numbers.Size.Width, numbers.Weights);
    }

    internal GuardedMap Features { get; }

    internal FeatureBank Bank { get; }

    internal NeighborMap Neighbors { get; }

    internal PositionWeights Weights { get; }

    internal CenteredFeatures Centered => new(Features.Map, _case.Mean);

    internal CenteredFeatures Guide => new(_guide.Map, _case.GuideMean);

    /// <summary>Whether the share of the guide is multiplied by the positions' weights.</summary>
    internal bool IsWeighted { get; init; }

    internal Rows All => Rows.All(Features.Map);

    /// <summary>Searches in bands of rows, and returns all indices.</summary>
    internal int[] Find(bool isGuided, params IEnumerable<Rows> bands)
    {
        foreach (Rows band in bands)
        {
            _engine.FindNeighbors(
                Centered,
                isGuided ? new NeighborGuide(Guide, NeighborCase.Share, IsWeighted ? Weights : null) : null,
                Bank, _case.Offsets, Neighbors, band);
        }

        int[] found = new int[_case.Size.Area];
        _engine.Read(Neighbors, found);
        return found;
    }

    /// <summary>Writes the case's neighbors.</summary>
    internal NeighborScene WithNeighbors()
    {
        _engine.Write(_case.Neighbors, Neighbors);
        return this;
    }

    public void Dispose()
    {
        Features.Dispose();
        _guide.Dispose();
        Bank.Dispose();
        Neighbors.Dispose();
        Weights.Dispose();
    }
}
