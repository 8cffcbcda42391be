using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Atelier.Engine.Statistics;

/// <summary>T^−½ and tr T^½ of a positive definite tridiagonal matrix T, as a sum of shifted inverses:
/// T^−½ ≈ Σ wₚ·(T + sₚ)⁻¹ (Hale, Higham and Trefethen 2008, method 3). It costs a fraction of T's eigenvectors: the
/// entries of a tridiagonal matrix's inverse, outward from the diagonal, are products of ratios.</summary>
internal sealed unsafe class TridiagonalInverseRoot
{
    // By their theorem 4.1 the relative error is e^(−2π²·Poles ⁄ (ln κ + 3)) for eigenvalues over a range of κ: 10⁻¹⁶
    // for κ = 10¹⁰, 10⁻¹¹ for 10¹⁵. Beyond that the small eigenvalues are rounding errors of the large ones.
    private const int Poles = 48;
    private const double MinShare = 1e-15;

    private readonly int _n;
    private readonly double[] _shifts = new double[Poles];
    private readonly double[] _weights = new double[Poles];
    private readonly double[] _corner = new double[Poles];
    private readonly double[] _cornerSum = new double[Poles];
    private readonly double[] _ratios = new double[Poles];
    private readonly PaddedMatrix _pivots;
    private readonly PaddedMatrix _row;

    /// <summary>Room for matrices of n × n.</summary>
    internal TridiagonalInverseRoot(int n)
    {
        _n = n;
        _pivots = new PaddedMatrix(n, Poles);
        _row = new PaddedMatrix(PaddedMatrix.Padded(n) / PaddedMatrix.Unit * Poles, PaddedMatrix.Unit);
    }

    /// <summary>Computes both. Returns tr T^½.</summary>
    /// <param name="diagonal">The diagonal of T.</param>
    /// <param name="offDiagonal">What stands beside it.</param>
    /// <param name="floor">Eigenvalues of T are at least this. Where rounding made some smaller or negative, all are
    /// raised by what the least one lacks.</param>
    /// <param name="result">Receives T^−½.</param>
    internal double Compute(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal, double floor, PaddedMatrix result)
    {
        double bound = LargestEigenvalueBound(diagonal, offDiagonal);
        floor = Math.Max(floor, MinShare * bound);
        double raise = Math.Max(0, floor - SmallestEigenvalue(diagonal, offDiagonal, floor, bound));
        PlacePoles(floor, Math.Max(bound + raise, 2 * floor));
        Factor(diagonal, offDiagonal, raise);
        _row.Clear();
        Array.Clear(_corner);
        Array.Clear(_cornerSum);
        for (int row = _n - 1; row >= 0; row--)
        {
            double* inverses = _pivots.Row(row);
            double* column = _row.Row(row / PaddedMatrix.Unit * Poles) + (row % PaddedMatrix.Unit);
            for (int p = 0; p < Poles; p++)
                _ratios[p] = -offDiagonal[row] * inverses[p];
            AddRows(row, result.Row(row));
            double sum = 0;
            for (int p = 0; p < Poles; p++, column += PaddedMatrix.Unit)
            {
                _corner[p] = inverses[p] + (_ratios[p] * _ratios[p] * _corner[p]);
                _cornerSum[p] += _corner[p];
                *column = _weights[p] * _corner[p];
                sum += *column;
            }

            result.Row(row)[row] = sum;
        }

        result.MirrorUpper();
        GC.KeepAlive(this);

        // tr T^½ = tr T·T^−½, and T·(T + s)⁻¹ = 1 − s·(T + s)⁻¹.
        double trace = 0;
        for (int p = 0; p < Poles; p++)
            trace += _weights[p] * (_n - (_shifts[p] * _cornerSum[p]));
        return trace;
    }

    /// <summary>Gershgorin's bound.</summary>
    private double LargestEigenvalueBound(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        double bound = 0;
        for (int i = 0; i < _n; i++)
        {
            double before = i > 0 ? Math.Abs(offDiagonal[i - 1]) : 0;
            bound = Math.Max(bound, diagonal[i] + before + Math.Abs(offDiagonal[i]));
        }

        return bound;
    }

    /// <summary>The least eigenvalue where it is below the floor, else the floor: by bisection.</summary>
    private double SmallestEigenvalue(
        ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal, double floor, double bound)
    {
        if (IsBelowAll(floor / 2, diagonal, offDiagonal))
        {
            return floor;
        }

        double below = -2 * bound, above = floor / 2;
        while (above - below > Math.Max(1e-3 * Math.Abs(below), floor / 2))
        {
            double middle = (below + above) / 2;
            (below, above) = IsBelowAll(middle, diagonal, offDiagonal) ? (middle, above) : (below, middle);
        }

        return below;
    }

    /// <summary>Whether T less a number is positive definite: whether all its pivots are above zero.</summary>
    private bool IsBelowAll(double number, ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        double pivot = diagonal[0] - number;
        for (int row = 1; row < _n && pivot > 0; row++)
            pivot = diagonal[row] - number - (offDiagonal[row - 1] * offDiagonal[row - 1] / pivot);
        return pivot > 0;
    }

    /// <summary>Shifts and weights for eigenvalues from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <remarks>x^−½ = 2 ⁄ π · ∫ dt ⁄ (x + t²) by the midpoint rule in v, where t = √least · sc v with the parameter
    /// 1 − least ⁄ most. Jacobi's sc is the tangent of the amplitude, which the arithmetic-geometric mean gives
    /// (Abramowitz and Stegun, 16.4).</remarks>
    private void PlacePoles(double least, double most)
    {
        const int steps = 10;
        Span<double> shares = stackalloc double[steps];
        double a = 1, b = Math.Sqrt(least / most);
        for (int i = 0; i < steps; i++)
        {
            double c = (a - b) / 2;
            (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
            shares[i] = c / a;
        }

        double period = Math.PI / (2 * a);
        for (int p = 0; p < Poles / 2; p++)
        {
            double angle = (1 << steps) * a * (p + 0.5) * period / Poles;
            for (int i = steps - 1; i >= 0; i--)
                angle = (angle + Math.Asin(shares[i] * Math.Sin(angle))) / 2;
            double tangent = Math.Tan(angle);
            _shifts[p] = least * tangent * tangent;
            _shifts[Poles - 1 - p] = most / (tangent * tangent);
        }

        for (int p = 0; p < Poles; p++)
        {
            _weights[p] = 2 * period / (Math.PI * Poles)
                * Math.Sqrt((1 + (_shifts[p] / most)) * (least + _shifts[p]));
        }
    }

    /// <summary>The inverses of the pivots of T + s, from the first row down, for each shift.</summary>
    private void Factor(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal, double raise)
    {
        for (int row = 0; row < _n; row++)
        {
            double* inverses = _pivots.Row(row), above = _pivots.Row(Math.Max(0, row - 1));
            double square = row == 0 ? 0 : offDiagonal[row - 1] * offDiagonal[row - 1];
            for (int p = 0; p < Poles; p++)
            {
                // No pivot of a positive definite matrix plus s is below s.
                double pivot = diagonal[row] + raise + _shifts[p] - (row == 0 ? 0 : square * above[p]);
                inverses[p] = 1 / Math.Max(_shifts[p], pivot);
            }
        }
    }

    private void AddRows(int row, double* target)
    {
        fixed (double* ratios = _ratios)
        {
            int end = PaddedMatrix.Padded(_n);
            if (Vector512.IsHardwareAccelerated)
            {
                AddRows<DoubleLanes512>(row, end, ratios, target);
            }
            else
            {
                AddRows<DoubleLanes>(row, end, ratios, target);
            }
        }
    }

    /// <summary>Takes each inverse's row from the one below by its ratio, and adds them up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRows<T>(int row, int end, double* ratios, double* target) where T : struct, IDoubleLanes<T>
    {
        const int unit = PaddedMatrix.Unit;
        for (int j = row / unit * unit; j < end; j += T.Count)
        {
            double* values = _row.Row(j / unit * Poles) + (j % unit);
            T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
            for (int p = 0; p < Poles; p += 4, values += 4 * unit)
            {
                T x0 = T.Multiply(T.Broadcast(ratios[p]), T.Load(values));
                T x1 = T.Multiply(T.Broadcast(ratios[p + 1]), T.Load(values + unit));
                T x2 = T.Multiply(T.Broadcast(ratios[p + 2]), T.Load(values + (2 * unit)));
                T x3 = T.Multiply(T.Broadcast(ratios[p + 3]), T.Load(values + (3 * unit)));
                T.Store(x0, values);
                T.Store(x1, values + unit);
                T.Store(x2, values + (2 * unit));
                T.Store(x3, values + (3 * unit));
                (s0, s1, s2, s3) = (T.Add(s0, x0), T.Add(s1, x1), T.Add(s2, x2), T.Add(s3, x3));
            }

            T.Store(T.Add(T.Add(s0, s1), T.Add(s2, s3)), target + j);
        }
    }
}
