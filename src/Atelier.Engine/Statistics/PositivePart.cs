namespace Atelier.Engine.Statistics;

/// <summary>The positive part of a symmetric matrix A, (A + |A|) ⁄ 2: negative eigenvalues become zero, everything else
/// stays. Of all positive semidefinite matrices the one nearest to A (Higham 1988, theorem 2.1).</summary>
internal static class PositivePart
{
    /// <summary>Replaces a matrix by its positive part.</summary>
    /// <param name="n">Rows and columns.</param>
    /// <param name="matrix">A, row by row, symmetric.</param>
    /// <param name="blur">A smoothing parameter above zero: eigenvalues of this magnitude or less become values between
    /// zero and it.</param>
    internal static void Take(int n, double[] matrix, double blur)
    {
        PaddedMatrix a = new(n, n), square = new(n, n), inverseRoot = new(n, n), absolute = new(n, n);
        a.Set(matrix);
        MatrixProduct.Create(a, a, square).Add();

        // |A| = (A² + ε²)·(A² + ε²)^−½, and the transport from a covariance to the identity is that inverse root.
        double[] squares = new double[n * n], identity = new double[n * n], values = new double[n * n];
        square.CopyTo(squares);
        for (int i = 0; i < n; i++)
        {
            squares[(i * n) + i] += blur * blur;
            identity[(i * n) + i] = 1;
        }

        new GaussianTransport(n, identity, blur).Evaluate(squares, values);
        square.Set(squares);
        inverseRoot.Set(values);
        MatrixProduct.Create(square, inverseRoot, absolute).Add();
        absolute.CopyTo(values);
        for (int row = 0; row < n; row++)
        {
            for (int column = row; column < n; column++)
            {
                int here = (row * n) + column, there = (column * n) + row;
                double mean = (values[here] + values[there]) / 2;
                matrix[here] = matrix[there] = (matrix[here] + mean) / 2;
            }
        }
    }
}
