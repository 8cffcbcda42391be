namespace Atelier.Color;

/// <summary>A 3 × 3 matrix in double precision.</summary>
internal sealed class Matrix3
{
    internal const int Size = 3;
    private readonly double[,] _values;

    internal Matrix3(Func<int, int, double> value)
    {
        _values = new double[Size, Size];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
                _values[i, j] = value(i, j);
        }
    }

    internal static Matrix3 Identity { get; } = Diagonal(1, 1, 1);

    internal Matrix3 Transposed => new((i, j) => _values[j, i]);

    internal double this[int row, int column] => _values[row, column];

    public static Matrix3 operator *(Matrix3 a, Matrix3 b)
        => new((i, j) => (a[i, 0] * b[0, j]) + (a[i, 1] * b[1, j]) + (a[i, 2] * b[2, j]));

    internal static Matrix3 Diagonal(params double[] values) => new((i, j) => i == j ? values[i] : 0);

    /// <summary>The product with a column vector.</summary>
    internal double[] Times(double[] column)
        => [.. Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Size).Sum(j => this[i, j] * column[j]))];

    /// <summary>The Cholesky factor of this positive definite matrix: L, zero above the diagonal, with L·Lᵀ equal to
    /// it.</summary>
    internal Matrix3 Cholesky()
    {
        double[,] root = new double[Size, Size];
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = _values[i, j];
                for (int k = 0; k < j; k++)
                    rest -= root[i, k] * root[j, k];
                root[i, j] = i == j ? Math.Sqrt(rest) : rest / root[j, j];
            }
        }

        return new((i, j) => root[i, j]);
    }

    /// <summary>The inverse of a lower triangular matrix.</summary>
    internal Matrix3 LowerInverse()
    {
        double[,] inverse = new double[Size, Size];
        for (int j = 0; j < Size; j++)
        {
            for (int i = j; i < Size; i++)
            {
                double rest = i == j ? 1 : 0;
                for (int k = j; k < i; k++)
                    rest -= _values[i, k] * inverse[k, j];
                inverse[i, j] = rest / _values[i, i];
            }
        }

        return new((i, j) => inverse[i, j]);
    }

    /// <summary>A power of this symmetric positive definite matrix.</summary>
    internal Matrix3 Power(double exponent)
    {
        (Matrix3 vectors, double[] values) = Eigen();
        return vectors * Diagonal([.. values.Select(value => Math.Pow(value, exponent))]) * vectors.Transposed;
    }

    /// <summary>The eigenvectors, as columns, and eigenvalues of this symmetric matrix, computed by Jacobi
    /// rotations.</summary>
    private (Matrix3 Vectors, double[] Values) Eigen()
    {
        // Convergence is quadratic: six rounds are enough for any matrix of this size; the others are a safety margin.
        const int Rounds = 12;
        (Matrix3 vectors, Matrix3 rest) = (Identity, this);
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((int p, int q) in ((int, int)[])[(0, 1), (0, 2), (1, 2)])
            {
                double angle = 0.5 * Math.Atan2(2 * rest[p, q], rest[q, q] - rest[p, p]);
                Matrix3 turn = Rotation(p, q, angle);
                (vectors, rest) = (vectors * turn, turn.Transposed * rest * turn);
            }
        }

        return (vectors, [rest[0, 0], rest[1, 1], rest[2, 2]]);
    }

    /// <summary>Rotates the plane of two axes.</summary>
    internal static Matrix3 Rotation(int p, int q, double angle)
    {
        (double sine, double cosine) = Math.SinCos(angle);
        return new((i, j) => i == j ? (i == p || i == q ? cosine : 1)
            : i == p && j == q ? sine : i == q && j == p ? -sine : 0);
    }
}
