using System.Numerics;

namespace Atelier.Color;

/// <summary>The monotonic function that gives one set of numbers the distribution of another, as a table.</summary>
internal sealed class QuantileMap
{
    private const int Intervals = 1024;

    private readonly float _least;
    private readonly float _scale;
    private readonly float[] _table = new float[Intervals + 1];

    /// <param name="from">The numbers to be mapped; they are sorted in place.</param>
    /// <param name="to">The numbers whose distribution is wanted; they are sorted in place.</param>
    internal QuantileMap(float[] from, float[] to)
    {
        Array.Sort(from);
        Array.Sort(to);
        (_least, float most) = (from[0], from[^1]);
        _scale = most > _least ? Intervals / (most - _least) : 0;
        (int below, int upTo) = (0, 0);
        for (int k = 0; k <= Intervals; k++)
        {
            float value = k == Intervals ? most : _least + ((most - _least) * k / Intervals);
            while (below < from.Length && from[below] < value)
                below++;
            while (upTo < from.Length && from[upTo] <= value)
                upTo++;

            // Equal numbers are mapped by the middle of their ranks.
            _table[k] = Quantile(to, (below + (double)upTo) / (2.0 * from.Length));
        }
    }

    /// <summary>Returns the mapped numbers.</summary>
    internal Vector<float> At(Vector<float> values)
    {
        Vector<float> places = Vector.Clamp(
            (values - new Vector<float>(_least)) * _scale, Vector<float>.Zero, new Vector<float>(Intervals));
        Span<float> lanes = stackalloc float[Vector<float>.Count];
        places.CopyTo(lanes);
        float[] table = _table;
        foreach (ref float lane in lanes)
        {
            int index = Math.Min((int)lane, Intervals - 1);
            lane = table[index] + ((lane - index) * (table[index + 1] - table[index]));
        }

        return new Vector<float>(lanes);
    }

    private static float Quantile(float[] sorted, double share)
    {
        double position = Math.Clamp((share * sorted.Length) - 0.5, 0, sorted.Length - 1);
        int index = Math.Min((int)position, Math.Max(0, sorted.Length - 2));
        float next = sorted[Math.Min(index + 1, sorted.Length - 1)];
        return sorted[index] + ((float)(position - index) * (next - sorted[index]));
    }
}
