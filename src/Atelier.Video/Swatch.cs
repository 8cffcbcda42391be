using Atelier.Color;
using Atelier.Imaging;

namespace Atelier.Video;

/// <summary>A group of pixels of similar color.</summary>
/// <param name="Rgb">The mean of their red, green and blue, 0–255.</param>
/// <param name="Lab">That color in Oklab.</param>
/// <param name="Count">Number of pixels.</param>
internal sealed record Swatch(float[] Rgb, float[] Lab, long Count)
{
    /// <summary>Returns the swatches of a picture: one for each non-empty cell of a 32 × 32 × 32 grid.</summary>
    /// <param name="pixels">Red, green and blue of each pixel.</param>
    internal static List<Swatch> FromPixels(ReadOnlySpan<byte> pixels)
    {
        const int Cells = 32 * 32 * 32;
        long[] sums = new long[3 * Cells], counts = new long[Cells];
        for (int i = 0; i < pixels.Length; i += 3)
        {
            int cell = (pixels[i] >> 3 << 10) | (pixels[i + 1] >> 3 << 5) | (pixels[i + 2] >> 3);
            counts[cell]++;
            for (int channel = 0; channel < 3; channel++) sums[(3 * cell) + channel] += pixels[i + channel];
        }

        int[] used = [.. Enumerable.Range(0, Cells).Where(cell => counts[cell] > 0)];
        float[] MeanOf(int cell)
            => Array.ConvertAll(sums[(3 * cell)..((3 * cell) + 3)], sum => (float)sum / counts[cell]);
        float[][] colors = [.. used.Select(MeanOf)];
        return [.. InOklab(colors).Zip(used, (color, cell) => color with { Count = counts[cell] })];
    }

    /// <summary>Returns the mean of several swatches.</summary>
    internal static Swatch Mean(List<Swatch> swatches)
    {
        long count = swatches.Sum(swatch => swatch.Count);
        float MeanOf(Func<Swatch, float> value)
            => (float)(swatches.Sum(swatch => (double)value(swatch) * swatch.Count) / count);
        return new Swatch(
            [MeanOf(s => s.Rgb[0]), MeanOf(s => s.Rgb[1]), MeanOf(s => s.Rgb[2])],
            [MeanOf(s => s.Lab[0]), MeanOf(s => s.Lab[1]), MeanOf(s => s.Lab[2])], count);
    }

    /// <summary>Divides swatches into boxes: repeatedly splits the box with the largest sum of squared distances at the
    /// mean along its longest axis (Heckbert's median cut, with the mean instead of the median).</summary>
    /// <returns>The means of the boxes.</returns>
    internal static List<Swatch> MedianCut(List<Swatch> swatches, int most)
    {
        PriorityQueue<(List<Swatch> Box, int Axis), double> boxes = new();
        List<Swatch> whole = [];
        void Add(List<Swatch> box)
        {
            Swatch mean = Mean(box);
            double[] spread = [.. Enumerable.Range(0, 3).Select(axis
                => box.Sum(swatch => swatch.Count * Math.Pow(swatch.Lab[axis] - mean.Lab[axis], 2)))];
            int axis = Array.IndexOf(spread, spread.Max());
            if (box.Count == 1) whole.Add(mean);
            else boxes.Enqueue((box, axis), -spread.Sum());
        }

        Add(swatches);
        while (boxes.Count > 0 && boxes.Count + whole.Count < most)
        {
            (List<Swatch> box, int axis) = boxes.Dequeue();
            float middle = Mean(box).Lab[axis];
            ILookup<bool, Swatch> halves = box.ToLookup(swatch => swatch.Lab[axis] > middle);
            if (halves.Count < 2) whole.Add(Mean(box));
            else foreach (IGrouping<bool, Swatch> half in halves) Add([.. half]);
        }

        return [.. whole, .. boxes.UnorderedItems.Select(box => Mean(box.Element.Box))];
    }

    /// <summary>Creates a swatch of one pixel for each color.</summary>
    /// <param name="colors">Red, green and blue, 0–255.</param>
    internal static IEnumerable<Swatch> InOklab(IReadOnlyList<float[]> colors)
    {
        float[] Channel(int channel) => [.. colors.Select(color => color[channel] / 255)];
        float[][] lab = Oklab.FromPicture(new Picture(colors.Count, 1, Channel(0), Channel(1), Channel(2)));
        return colors.Select((color, i) => new Swatch(color, [lab[0][i], lab[1][i], lab[2][i]], 1));
    }
}
