using System.Numerics;

namespace Atelier.Engine.Statistics;

/// <summary>Sums over rows of numbers in double precision.</summary>
internal static class RowOperations
{
    /// <summary>Σ xᵢ·yᵢ.</summary>
    internal static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Vector<double> sum = Vector<double>.Zero;
        int i = 0;
        for (; i + Vector<double>.Count <= x.Length; i += Vector<double>.Count)
            sum += new Vector<double>(x[i..]) * new Vector<double>(y[i..]);
        double total = Vector.Sum(sum);
        for (; i < x.Length; i++)
            total += x[i] * y[i];
        return total;
    }

    /// <summary>y += scale · x.</summary>
    internal static void AddScaled(ReadOnlySpan<double> x, double scale, Span<double> y)
    {
        Vector<double> factor = new(scale);
        int i = 0;
        for (; i + Vector<double>.Count <= x.Length; i += Vector<double>.Count)
            (new Vector<double>(y[i..]) + (factor * new Vector<double>(x[i..]))).CopyTo(y[i..]);
        for (; i < x.Length; i++)
            y[i] += scale * x[i];
    }
}
