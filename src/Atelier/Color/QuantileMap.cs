namespace Atelier.Color;

/// <summary>The growing function that gives one set of numbers the distribution of another, as a table.</summary>
internal sealed class QuantileMap
{
    /// <summary>Places of the table are 0 to this.</summary>
    internal const int Intervals = 1024;

    private readonly float[] _table = new float[Intervals + 1];

    /// <param name="from">The numbers to be mapped; they are sorted in place.</param>
    /// <param name="to">The numbers whose distribution is wanted; they are sorted in place.</param>
    internal QuantileMap(float[] from, float[] to)
    {
        Array.Sort(from);
        Array.Sort(to);
        (Least, float most) = (from[0], from[^1]);
        Scale = most > Least ? Intervals / (most - Least) : 0;
        (int below, int upTo) = (0, 0);
        for (int k = 0; k <= Intervals; k++)
        {
            float value = k == Intervals ? most : Least + ((most - Least) * k / Intervals);
            while (below < from.Length && from[below] < value)
                below++;
            while (upTo < from.Length && from[upTo] <= value)
                upTo++;

            // Equal numbers share the middle of the ranks that they take up.
            _table[k] = Quantile(to, (below + (double)upTo) / (2.0 * from.Length));
        }
    }

    /// <summary>The number at the first place of the table.</summary>
    internal float Least { get; }

    /// <summary>Places of the table for each unit.</summary>
    internal float Scale { get; }

    /// <summary>What the number at a place from 0 to <see cref="Intervals"/> becomes.</summary>
    internal float At(float place)
    {
        float[] table = _table;
        int index = Math.Min((int)place, Intervals - 1);
        return table[index] + ((place - index) * (table[index + 1] - table[index]));
    }

    private static float Quantile(float[] sorted, double share)
    {
        double position = Math.Clamp((share * sorted.Length) - 0.5, 0, sorted.Length - 1);
        int index = Math.Min((int)position, Math.Max(0, sorted.Length - 2));
        float next = sorted[Math.Min(index + 1, sorted.Length - 1)];
        return sorted[index] + ((float)(position - index) * (next - sorted[index]));
    }
}
