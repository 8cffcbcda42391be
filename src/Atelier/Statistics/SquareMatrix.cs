using System.Numerics;

namespace Atelier.Statistics;

/// <summary>Products of small dense matrices in double precision, row by row.</summary>
internal static class SquareMatrix
{
    private const int TileRows = 4;

    /// <summary>result = left · right, all n × n.</summary>
    internal static void Multiply(int n, ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result)
    {
        int width = 2 * Vector<double>.Count, row = 0;
        for (; row + TileRows <= n; row += TileRows)
        {
            int column = 0;
            for (; column + width <= n; column += width)
                MultiplyTile(n, left[(row * n)..], right[column..], result[((row * n) + column)..]);
            MultiplyPlainly(n, row, row + TileRows, column, left, right, result);
        }

        MultiplyPlainly(n, row, n, 0, left, right, result);
    }

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

    /// <summary>Turns two rows by an angle: (x, y) ← (c·x − s·y, s·x + c·y).</summary>
    internal static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        Vector<double> cosine = new(c), sine = new(s);
        int i = 0;
        for (; i + Vector<double>.Count <= x.Length; i += Vector<double>.Count)
        {
            Vector<double> a = new(x[i..]), b = new(y[i..]);
            ((cosine * a) - (sine * b)).CopyTo(x[i..]);
            ((sine * a) + (cosine * b)).CopyTo(y[i..]);
        }

        for (; i < x.Length; i++)
            (x[i], y[i]) = ((c * x[i]) - (s * y[i]), (s * x[i]) + (c * y[i]));
    }

    private static void MultiplyTile(int n, ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result)
    {
        int second = Vector<double>.Count;
        Vector<double> a0 = default, a1 = default, b0 = default, b1 = default;
        Vector<double> c0 = default, c1 = default, d0 = default, d1 = default;
        for (int k = 0; k < n; k++)
        {
            Vector<double> r0 = new(right[(k * n)..]), r1 = new(right[((k * n) + second)..]);
            Vector<double> a = new(left[k]), b = new(left[n + k]);
            Vector<double> c = new(left[(2 * n) + k]), d = new(left[(3 * n) + k]);
            a0 = Vector.MultiplyAddEstimate(a, r0, a0);
            a1 = Vector.MultiplyAddEstimate(a, r1, a1);
            b0 = Vector.MultiplyAddEstimate(b, r0, b0);
            b1 = Vector.MultiplyAddEstimate(b, r1, b1);
            c0 = Vector.MultiplyAddEstimate(c, r0, c0);
            c1 = Vector.MultiplyAddEstimate(c, r1, c1);
            d0 = Vector.MultiplyAddEstimate(d, r0, d0);
            d1 = Vector.MultiplyAddEstimate(d, r1, d1);
        }

        a0.CopyTo(result);
        a1.CopyTo(result[second..]);
        b0.CopyTo(result[n..]);
        b1.CopyTo(result[(n + second)..]);
        c0.CopyTo(result[(2 * n)..]);
        c1.CopyTo(result[((2 * n) + second)..]);
        d0.CopyTo(result[(3 * n)..]);
        d1.CopyTo(result[((3 * n) + second)..]);
    }

    private static void MultiplyPlainly(
        int n, int firstRow, int endRow, int firstColumn,
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result)
    {
        for (int row = firstRow; row < endRow; row++)
        {
            for (int column = firstColumn; column < n; column++)
            {
                double sum = 0;
                for (int k = 0; k < n; k++)
                    sum += left[(row * n) + k] * right[(k * n) + column];
                result[(row * n) + column] = sum;
            }
        }
    }
}
