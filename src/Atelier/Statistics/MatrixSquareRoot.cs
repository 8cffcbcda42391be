namespace Atelier.Statistics;

/// <summary>Functions of symmetric positive semidefinite matrices through their eigenvalues.</summary>
/// <remarks>Differs from style-transfer-pytorch: eigenvalues instead of twelve Newton–Schulz iterations; because
/// covariances of few positions are nearly singular, and there the iteration stops far from the root.</remarks>
internal sealed class MatrixSquareRoot(int n)
{
    private readonly SymmetricEigen _eigen = new(n);
    private readonly double[] _turned = new double[n * n];
    private readonly double[] _transposed = new double[n * n];

    /// <summary>result = A^½.</summary>
    internal void Root(ReadOnlySpan<double> matrix, Span<double> result)
    {
        _eigen.Decompose(matrix);
        FromEigen(_eigen.Vectors, value => Math.Sqrt(Math.Max(0, value)), result);
    }

    /// <summary>Trace of A^½, and B·A^−½·B for a symmetric B.</summary>
    /// <param name="matrix">A, n × n.</param>
    /// <param name="factor">B, n × n.</param>
    /// <param name="floor">Eigenvalues of A count as at least this.</param>
    /// <param name="result">Receives B·A^−½·B.</param>
    internal double RootTraceAndInverse(
        ReadOnlySpan<double> matrix, ReadOnlySpan<double> factor, double floor, Span<double> result)
    {
        _eigen.Decompose(matrix);
        SquareMatrix.Multiply(n, _eigen.Vectors, factor, _turned);
        FromEigen(_turned, value => 1 / Math.Sqrt(Math.Max(floor, value)), result);
        double trace = 0;
        foreach (double value in _eigen.Values)
            trace += Math.Sqrt(Math.Max(floor, value));
        return trace;
    }

    /// <summary>result = rowsᵀ · diag(f(λ)) · rows.</summary>
    private void FromEigen(double[] rows, Func<double, double> function, Span<double> result)
    {
        for (int i = 0; i < n; i++)
        {
            // Half of the factor on each side keeps the product symmetric to the last bit.
            double factor = Math.Sqrt(function(_eigen.Values[i]));
            for (int j = 0; j < n; j++)
                _transposed[(j * n) + i] = rows[(i * n) + j] *= factor;
        }

        SquareMatrix.Multiply(n, _transposed, rows, result);
    }
}
