namespace Atelier.Examples;

/// <summary>Exact distance from every pixel to the nearest marked pixel.</summary>
internal static class DistanceField
{
    private const float Nowhere = 1e12f;

    /// <summary>Distances in pixels, row by row.</summary>
    public static float[] To(int width, int height, Func<int, int, bool> marked)
    {
        float[] squared = new float[width * height];
        Parallel.For(0, height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                squared[(y * width) + x] = marked(x, y) ? 0f : Nowhere;
            }
        });
        Parallel.For(0, height, y => Sweep(squared, y * width, 1, width));
        Parallel.For(0, width, x => Sweep(squared, x, width, height));
        Parallel.For(0, squared.Length, i => squared[i] = MathF.Sqrt(squared[i]));
        return squared;
    }

    /// <summary>Distances to the borders between areas of different labels.</summary>
    public static float[] ToBorders(int[] labels, int width, int height)
        => To(width, height, (x, y) =>
        {
            int i = (y * width) + x;
            return (x + 1 < width && labels[i] != labels[i + 1]) || (y + 1 < height && labels[i] != labels[i + width]);
        });

    /// <summary>Lower envelope of the parabolas that stand on one line of samples
    /// (Felzenszwalb and Huttenlocher).</summary>
    private static void Sweep(float[] values, int start, int stride, int count)
    {
        Span<float> line = count <= 2048 ? stackalloc float[count] : new float[count];
        int[] feet = new int[count];
        float[] bounds = new float[count + 1];
        int last = 0;
        (bounds[0], bounds[1]) = (float.NegativeInfinity, float.PositiveInfinity);
        for (int q = 0; q < count; q++)
        {
            line[q] = values[start + (q * stride)];
        }

        for (int q = 1; q < count; q++)
        {
            float cross = Crossing(line, q, feet[last]);
            while (cross <= bounds[last])
            {
                last--;
                cross = Crossing(line, q, feet[last]);
            }

            last++;
            (feet[last], bounds[last], bounds[last + 1]) = (q, cross, float.PositiveInfinity);
        }

        for (int q = 0, k = 0; q < count; q++)
        {
            while (bounds[k + 1] < q)
            {
                k++;
            }

            values[start + (q * stride)] = ((q - feet[k]) * (q - feet[k])) + line[feet[k]];
        }
    }

    private static float Crossing(Span<float> line, int q, int p)
        => (float)((line[q] + ((double)q * q) - line[p] - ((double)p * p)) / (2.0 * (q - p)));
}
