namespace Atelier.Color;

/// <summary>The growing function that gives one set of numbers the distribution of another, as a table.</summary>
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

            // Equal numbers share the middle of the ranks that they take up.
            _table[k] = Quantile(to, (below + (double)upTo) / (2.0 * from.Length));
        }
    }

    internal float this[float value]
    {
        get
        {
            float position = Math.Clamp((value - _least) * _scale, 0f, Intervals);
            int index = Math.Min((int)position, Intervals - 1);
            return _table[index] + ((position - index) * (_table[index + 1] - _table[index]));
        }
    }

    private static float Quantile(float[] sorted, double share)
    {
        double position = Math.Clamp((share * sorted.Length) - 0.5, 0, sorted.Length - 1);
        int index = Math.Min((int)position, Math.Max(0, sorted.Length - 2));
        float next = sorted[Math.Min(index + 1, sorted.Length - 1)];
        return sorted[index] + ((float)(position - index) * (next - sorted[index]));
    }
}
