using System.Numerics;

namespace Atelier.Regions;

/// <summary>A set of points with many coordinates, stored one after another.</summary>
internal sealed class PointCloud
{
    private readonly float[] _values;

    /// <param name="count">Number of points; all coordinates are initially 0.</param>
    /// <param name="dimensions">Number of coordinates of a point.</param>
    internal PointCloud(int count, int dimensions)
        => (Count, Dimensions, _values) = (count, dimensions, new float[checked(count * dimensions)]);

    internal int Count { get; }

    internal int Dimensions { get; }

    internal Span<float> this[int index] => _values.AsSpan(index * Dimensions, Dimensions);

    /// <summary>Concatenates clouds with the same number of dimensions.</summary>
    internal static PointCloud Join(IReadOnlyList<PointCloud> clouds)
    {
        PointCloud all = new(clouds.Sum(cloud => cloud.Count), clouds[0].Dimensions);
        int start = 0;
        foreach (PointCloud cloud in clouds)
        {
            cloud._values.CopyTo(all._values, start);
            start += cloud._values.Length;
        }

        return all;
    }

    /// <summary>Returns some of the points, in the given order.</summary>
    internal PointCloud Pick(IReadOnlyList<int> indices)
    {
        PointCloud picked = new(indices.Count, Dimensions);
        for (int i = 0; i < indices.Count; i++)
            this[indices[i]].CopyTo(picked[i]);
        return picked;
    }

    /// <summary>The squared distance between two points.</summary>
    internal static float SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        // Four coordinates at a time on every machine, so that the sums are identical everywhere.
        Vector4 sum = Vector4.Zero;
        int i = 0;
        for (; i + 4 <= a.Length; i += 4)
        {
            Vector4 difference = new Vector4(a[i..]) - new Vector4(b[i..]);
            sum += difference * difference;
        }

        float rest = 0;
        for (; i < a.Length; i++)
            rest += (a[i] - b[i]) * (a[i] - b[i]);
        return sum.X + sum.Y + (sum.Z + sum.W) + rest;
    }
}
