namespace Atelier.Statistics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to tridiagonal form, then the
/// implicit QL algorithm (Golub and Van Loan, Matrix Computations, sections 8.3 and 5.2).</summary>
internal sealed class SymmetricEigen
{
    private const int MostSweeps = 60;

    // The square of a shorter row would lose digits to underflow, and the reflection with it.
    private const double LeastNorm = 1e-140;

    private readonly int _n;
    private readonly double[] _work;
    private readonly double[] _offDiagonal;
    private readonly double[] _product;

    /// <summary>Room for matrices of n × n.</summary>
    internal SymmetricEigen(int n)
    {
        _n = n;
        _work = new double[n * n];
        _offDiagonal = new double[n];
        _product = new double[n];
        Values = new double[n];
        Vectors = new double[n * n];
    }

    /// <summary>The eigenvalues, in no particular order.</summary>
    internal double[] Values { get; }

    /// <summary>The eigenvectors, one in each row, of length 1.</summary>
    internal double[] Vectors { get; }

    /// <summary>Decomposes a matrix, given row by row; only its symmetric part counts. Deterministic.</summary>
    internal void Decompose(ReadOnlySpan<double> matrix)
    {
        matrix[..(_n * _n)].CopyTo(_work);
        Array.Clear(Vectors);
        for (int i = 0; i < _n; i++)
            Vectors[(i * _n) + i] = 1;
        ReduceToTridiagonal();
        DiagonalizeByQL();
    }

    private Span<double> Row(double[] matrix, int row, int firstColumn)
        => matrix.AsSpan((row * _n) + firstColumn, _n - firstColumn);

    private void ReduceToTridiagonal()
    {
        for (int k = 0; k < _n - 1; k++)
        {
            Values[k] = _work[(k * _n) + k];
            int first = k + 1;
            Span<double> v = Row(_work, k, first);
            double norm = Math.Sqrt(SquareMatrix.Dot(v, v));
            if (norm < LeastNorm)
            {
                _offDiagonal[k] = 0;
                v.Clear();
                continue;
            }

            double head = v[0] > 0 ? -norm : norm;
            _offDiagonal[k] = head;

            // The reflection I − v·vᵀ/h takes the row to (head, 0, …, 0).
            double h = (norm * norm) - (v[0] * head);
            v[0] -= head;
            Reflect(first, v, h);
        }

        Values[_n - 1] = _work[(_n * _n) - 1];
        for (int k = _n - 2; k >= 0; k--)
            AccumulateReflection(k);
    }

    private void Reflect(int first, ReadOnlySpan<double> v, double h)
    {
        Span<double> p = _product.AsSpan(first, _n - first);
        for (int i = first; i < _n; i++)
            p[i - first] = SquareMatrix.Dot(Row(_work, i, first), v) / h;
        double half = SquareMatrix.Dot(p, v) / (2 * h);
        SquareMatrix.AddScaled(v, -half, p);
        for (int i = first; i < _n; i++)
        {
            Span<double> row = Row(_work, i, first);
            SquareMatrix.AddScaled(p, -v[i - first], row);
            SquareMatrix.AddScaled(v, -p[i - first], row);
        }
    }

    private void AccumulateReflection(int k)
    {
        int first = k + 1;
        ReadOnlySpan<double> v = Row(_work, k, first);
        double square = SquareMatrix.Dot(v, v);
        for (int i = first; i < _n && square > 0; i++)
        {
            Span<double> row = Row(Vectors, i, first);
            SquareMatrix.AddScaled(v, -2 * SquareMatrix.Dot(row, v) / square, row);
        }
    }

    private void DiagonalizeByQL()
    {
        double[] d = Values, e = _offDiagonal;
        e[_n - 1] = 0;
        for (int l = 0; l < _n; l++)
        {
            for (int sweep = 0; sweep < MostSweeps; sweep++)
            {
                int m = l;
                while (m < _n - 1 && Math.Abs(e[m]) > double.Epsilon + (1e-16 * (Math.Abs(d[m]) + Math.Abs(d[m + 1]))))
                    m++;
                if (m == l)
                {
                    break;
                }

                Sweep(l, m);
            }
        }
    }

    /// <summary>One implicit QL sweep over rows l to m with Wilkinson's shift.</summary>
    private void Sweep(int l, int m)
    {
        double[] d = Values, e = _offDiagonal;
        double g = (d[l + 1] - d[l]) / (2 * e[l]);
        double r = Math.Sqrt((g * g) + 1);
        g = d[m] - d[l] + (e[l] / (g + Math.CopySign(r, g)));
        double s = 1, c = 1, p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i], b = c * e[i];
            r = Math.Sqrt((f * f) + (g * g));
            e[i + 1] = r;
            if (r == 0)
            {
                // The matrix fell apart here; the rest is another problem.
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
            SquareMatrix.Rotate(Row(Vectors, i, 0), Row(Vectors, i + 1, 0), c, s);
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }
}
