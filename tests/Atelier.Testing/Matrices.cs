namespace Atelier.Testing;

/// <summary>Matrices to test with, and their plain algebra. All are n × n, row by row.</summary>
internal static class Matrices
{
    internal static double[] Multiply(int n, double[] a, double[] b)
    {
        double[] product = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                for (int j = 0; j < n; j++)
                    product[(i * n) + j] += a[(i * n) + k] * b[(k * n) + j];
            }
        }

        return product;
    }

    internal static double[] Transpose(int n, double[] a)
        => [.. Enumerable.Range(0, n * n).Select(i => a[(i % n * n) + (i / n)])];

    internal static double[] Diagonal(params double[] values)
        => [.. Enumerable.Range(0, values.Length * values.Length)
            .Select(i => i % (values.Length + 1) == 0 ? values[i / (values.Length + 1)] : 0)];

    internal static double[] Identity(int n) => Diagonal([.. Enumerable.Repeat(1.0, n)]);

    internal static double[] Symmetric(int seed, int n)
    {
        double[] random = Numbers.NormalDoubles(seed, n * n), transposed = Transpose(n, random);
        return [.. random.Zip(transposed, (a, b) => (a + b) / 2)];
    }

    /// <summary>Positive semidefinite of a rank: the mean of rank outer products.</summary>
    internal static double[] Covariance(int seed, int n, int rank)
    {
        double[] rows = Numbers.NormalDoubles(seed, rank * n), sum = new double[n * n];
        for (int r = 0; r < rank; r++)
        {
            for (int i = 0; i < n * n; i++)
                sum[i] += rows[(r * n) + (i / n)] * rows[(r * n) + (i % n)] / rank;
        }

        return sum;
    }
}
