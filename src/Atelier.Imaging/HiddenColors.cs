namespace Atelier.Imaging;

/// <summary>Replaces the colors of transparent pixels, which nobody sees, by a smooth continuation of the visible ones,
/// so that they change nothing and filters that reach across the edge of a cut-out find no false edge there.</summary>
/// <remarks>Colors are averaged over ever larger blocks and interpolated back where a finer level has none (the
/// pull-push algorithm of Gortler et al. 1996, "The Lumigraph").</remarks>
internal static class HiddenColors
{
    // Below this opacity, the color of a pixel is too coarsely quantized to be relied on, and fades into the
    // continuation.
    private const float Reliable = 1f / 16;

    // What a picture without any visible color is filled with.
    private const float Gray = 0.5f;

    /// <summary>Returns the picture with continued colors where it is transparent; its alpha, and the colors of all
    /// pixels that are at least 1/16 opaque, stay the same.</summary>
    internal static Picture Replace(Picture picture)
    {
        float[] weights = Array.ConvertAll(picture.Alpha!, opacity => Math.Min(1, opacity / Reliable));
        Level filled = Fill(new Level(
            picture.Height, picture.Width, [picture.Red, picture.Green, picture.Blue], weights));
        return picture.WithColors(filled.Planes[0], filled.Planes[1], filled.Planes[2]);
    }

    private static Level Fill(Level level)
    {
        if (level.Height == 1 && level.Width == 1)
        {
            return level with
            {
                Planes = level.Weights[0] > 0 ? level.Planes : [.. level.Planes.Select(_ => (float[])[Gray])],
            };
        }

        Level coarse = Fill(Halve(level));
        return level with { Planes = [.. level.Planes.Select((plane, i) => Join(level, plane, coarse, i))] };
    }

    /// <summary>Averages blocks of 2 x 2 pixels by weight. A block counts fully if any of its pixels does.</summary>
    private static Level Halve(Level fine)
    {
        int height = (fine.Height + 1) / 2, width = (fine.Width + 1) / 2;
        float[] weights = new float[height * width];
        float[][] planes = [.. fine.Planes.Select(_ => new float[height * width])];
        for (int y = 0; y < fine.Height; y++)
        {
            for (int x = 0; x < fine.Width; x++)
            {
                int from = (y * fine.Width) + x, to = (y / 2 * width) + (x / 2);
                float weight = fine.Weights[from];
                if (weight > 0)
                {
                    weights[to] += weight;
                    for (int plane = 0; plane < planes.Length; plane++)
                        planes[plane][to] += weight * fine.Planes[plane][from];
                }
            }
        }

        for (int i = 0; i < weights.Length; i++)
        {
            foreach (float[] plane in planes)
                plane[i] = weights[i] > 0 ? plane[i] / weights[i] : 0;
            weights[i] = Math.Min(1, weights[i]);
        }

        return new Level(height, width, planes, weights);
    }

    /// <summary>Returns a plane whose missing part is interpolated from the next coarser level.</summary>
    private static float[] Join(Level fine, float[] plane, Level coarse, int index)
    {
        float[] joined = [.. plane], source = coarse.Planes[index];
        for (int y = 0; y < fine.Height; y++)
        {
            (int top, int bottom, float down) = Between(y, coarse.Height);
            for (int x = 0; x < fine.Width; x++)
            {
                int i = (y * fine.Width) + x;
                float weight = fine.Weights[i];
                if (weight < 1)
                {
                    (int left, int right, float across) = Between(x, coarse.Width);
                    float above = Mix(
                        source[(top * coarse.Width) + left], source[(top * coarse.Width) + right], across);
                    float below = Mix(
                        source[(bottom * coarse.Width) + left], source[(bottom * coarse.Width) + right], across);

                    // Not mixed when there is no weight: the hidden color may be anything, also infinite.
                    float continued = Mix(above, below, down);
                    joined[i] = weight == 0 ? continued : Mix(continued, plane[i], weight);
                }
            }
        }

        return joined;
    }

    /// <summary>Returns the coarse positions on either side of a fine one, and how far it is from the first to the
    /// second.</summary>
    private static (int First, int Second, float Share) Between(int fine, int count)
        => fine % 2 == 0
            ? (Math.Max(0, (fine / 2) - 1), fine / 2, 0.75f)
            : (fine / 2, Math.Min(count - 1, (fine / 2) + 1), 0.25f);

    private static float Mix(float from, float to, float share) => from + (share * (to - from));

    /// <summary>A picture at one resolution, and how far the color of each pixel is known: from 0 to 1.</summary>
    private sealed record Level(int Height, int Width, float[][] Planes, float[] Weights);
}
