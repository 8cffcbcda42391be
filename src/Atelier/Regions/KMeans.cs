namespace Atelier.Regions;

/// <summary>Weighted k-means clustering (Lloyd 1982) with k-means++ initialization (Arthur and Vassilvitskii
/// 2007).</summary>
internal static class KMeans
{
    private const int Starts = 6, MaxRounds = 40;

    /// <summary>Returns the best cluster centers of several runs. Deterministic. </summary>
    /// <param name="points">The points.</param>
    /// <param name="weights">Weight of each point, 0 or more.</param>
    /// <param name="count">Number of clusters.</param>
    internal static PointCloud Cluster(PointCloud points, double[] weights, int count)
    {
        PointCloud? best = null;
        double least = double.PositiveInfinity;
        for (int start = 0; start < Starts; start++)
        {
            PointCloud centers = Spread(points, weights, count, new Random(start));
            double error = double.PositiveInfinity;
            for (int round = 0; round < MaxRounds; round++)
            {
                double before = error;
                error = Improve(points, weights, centers);
                if (error >= before * (1 - 1e-5))
                {
                    break;
                }
            }

            if (error < least)
            {
                (best, least) = (centers, error);
            }
        }

        return best!;
    }

    /// <summary>Chooses initial centers among the points, each with probability proportional to its squared distance
    /// from the previous ones. </summary>
    private static PointCloud Spread(PointCloud points, double[] weights, int count, Random random)
    {
        PointCloud centers = new(count, points.Dimensions);
        double[] chances = [.. weights];
        for (int center = 0; center < count; center++)
        {
            int drawn = Draw(chances, random);
            points[drawn].CopyTo(centers[center]);
            for (int i = 0; i < points.Count; i++)
            {
                double chance = weights[i] * PointCloud.SquaredDistance(points[i], centers[center]);
                chances[i] = center == 0 ? chance : Math.Min(chances[i], chance);
            }
        }

        return centers;
    }

    private static int Draw(double[] chances, Random random)
    {
        double left = random.NextDouble() * chances.Sum();
        int drawn = 0;
        while (drawn < chances.Length - 1 && left >= chances[drawn])
            left -= chances[drawn++];
        return drawn;
    }

    /// <summary>Moves each center to the mean of the points that are nearest to it. Returns the squared distances
    /// before.</summary>
    private static double Improve(PointCloud points, double[] weights, PointCloud centers)
    {
        double[][] sums = [.. Enumerable.Range(0, centers.Count).Select(_ => new double[points.Dimensions])];
        double[] totals = new double[centers.Count];
        Span<float> distances = stackalloc float[centers.Count];
        double error = 0;
        for (int i = 0; i < points.Count; i++)
        {
            Span<float> point = points[i];
            for (int center = 0; center < centers.Count; center++)
                distances[center] = PointCloud.SquaredDistance(point, centers[center]);
            int nearest = IndexOfMin(distances);
            error += weights[i] * distances[nearest];
            totals[nearest] += weights[i];
            double[] sum = sums[nearest];
            for (int d = 0; d < sum.Length; d++)
                sum[d] += weights[i] * point[d];
        }

        for (int center = 0; center < centers.Count; center++)
        {
            // A center without points keeps its position.
            for (int d = 0; totals[center] > 0 && d < points.Dimensions; d++)
                centers[center][d] = (float)(sums[center][d] / totals[center]);
        }

        return error;
    }

    internal static int IndexOfMin(ReadOnlySpan<float> values)
    {
        int least = 0;
        for (int i = 1; i < values.Length; i++)
            least = values[i] < values[least] ? i : least;
        return least;
    }
}
