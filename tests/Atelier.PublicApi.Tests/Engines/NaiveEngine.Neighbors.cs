using Atelier.Engine;

namespace Atelier.PublicApi.Tests.Engines;

/// <content>Losses on nearest neighbors.</content>
internal sealed partial class NaiveEngine
{
    public FeatureBank CreateBank(int channels, ReadOnlySpan<float> vectors)
        => new NaiveBank(channels, vectors.ToArray());

    public long BytesOfBank(int channels, int count) => (long)channels * count * sizeof(float);

    public NeighborMap CreateNeighbors(int height, int width) => new NaiveNeighbors(height, width);

    public long BytesOfNeighbors(int height, int width) => (long)height * width * sizeof(int);

    public void Read(NeighborMap source, Span<int> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, Of(source).Length);
        Of(source).CopyTo(target);
    }

    public void Write(ReadOnlySpan<int> source, NeighborMap target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, Of(target).Length);
        source.CopyTo(Of(target));
    }

    public void FindNeighbors(
        CenteredFeatures features, NeighborGuide? guide, FeatureBank bank, ReadOnlySpan<float> offsets,
        NeighborMap neighbors, Rows rows)
    {
        foreach ((int y, int x) in Positions(features.Map.Shape, rows))
        {
            double[] direction = DirectionOf(features, y, x).Direction;
            if (guide is NeighborGuide other)
            {
                double share = Math.Min(1, other.Share * WeightOf(other.Weights, y, x));
                direction = [.. direction.Zip(
                    DirectionOf(other.Features, y, x).Direction,
                    (own, theirs) => ((1 - share) * own) + (share * theirs))];
            }

            (int nearest, double largest) = (0, double.NegativeInfinity);
            for (int i = 0; i < bank.Count; i++)
            {
                double sum = Product(Of(bank).At(i), direction) + offsets[i];
                if (sum > largest)
                {
                    (nearest, largest) = (i, sum);
                }
            }

            Of(neighbors)[(y * neighbors.Width) + x] = nearest;
        }
    }

    public double NeighborDistance(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, Rows rows, PositionWeights? weights)
    {
        double sum = 0;
        foreach ((int y, int x) in Positions(features.Map.Shape, rows))
        {
            ReadOnlySpan<float> neighbor = Of(bank).At(Of(neighbors)[(y * neighbors.Width) + x]);
            sum += WeightOf(weights, y, x) * (1 - Product(neighbor, DirectionOf(features, y, x).Direction));
        }

        return sum;
    }

    public void AddNeighborGradient(
        CenteredFeatures features, FeatureBank bank, NeighborMap neighbors, float scale, FeatureMap gradient, Rows rows,
        PositionWeights? weights)
    {
        foreach ((int y, int x) in Positions(features.Map.Shape, rows))
        {
            ReadOnlySpan<float> neighbor = Of(bank).At(Of(neighbors)[(y * neighbors.Width) + x]);
            (double[] direction, double length) = DirectionOf(features, y, x);
            double product = Product(neighbor, direction), weight = scale * WeightOf(weights, y, x);
            Span<float> f = Of(features.Map).At(y, x), sums = Of(gradient).At(y, x);
            for (int c = 0; c < sums.Length; c++)
            {
                double slope = ((product * direction[c]) - neighbor[c]) / length;
                sums[c] = f[c] > 0 ? (float)(sums[c] + (weight * slope)) : 0;
            }
        }
    }

    /// <summary>(f − μ) ⁄ √(|f − μ|² + ε²), and what was divided by.</summary>
    private static (double[] Direction, double Length) DirectionOf(CenteredFeatures features, int y, int x)
    {
        Span<float> f = Of(features.Map).At(y, x);
        double[] direction = new double[f.Length];
        double square = Math.Pow(IEngine.DirectionEpsilon, 2);
        for (int c = 0; c < f.Length; c++)
        {
            direction[c] = (double)f[c] - features.Mean.Span[c];
            square += direction[c] * direction[c];
        }

        double length = Math.Sqrt(square);
        return (Array.ConvertAll(direction, value => value / length), length);
    }

    private static double Product(ReadOnlySpan<float> vector, double[] direction)
    {
        double sum = 0;
        for (int c = 0; c < direction.Length; c++)
            sum += vector[c] * direction[c];
        return sum;
    }

    private static NaiveBank Of(FeatureBank bank) => (NaiveBank)bank;

    private static int[] Of(NeighborMap neighbors) => ((NaiveNeighbors)neighbors).Values;
}

internal sealed class NaiveBank(int channels, float[] vectors) : FeatureBank(channels, vectors.Length / channels)
{
    internal ReadOnlySpan<float> At(int index) => vectors.AsSpan(index * Channels, Channels);

    public override void Dispose() { }
}

internal sealed class NaiveNeighbors(int height, int width) : NeighborMap(height, width)
{
    internal int[] Values { get; } = new int[height * width];

    public override void Dispose() { }
}
