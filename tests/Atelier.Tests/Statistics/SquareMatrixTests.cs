using Atelier.Statistics;

namespace Atelier.Tests.Statistics;

public sealed class SquareMatrixTests
{
    [Fact]
    public void Multiply_EachSize_IsThePlainProduct()
    {
        foreach (int n in (int[])[.. Enumerable.Range(1, 40), 64, 130])
        {
            double[] a = Numbers.NormalDoubles(1, n * n), b = Numbers.NormalDoubles(2, n * n);
            double[] result = new double[n * n];
            Array.Fill(result, double.NaN);

            SquareMatrix.Multiply(n, a, b, result);

            Numbers.AssertClose(Matrices.Multiply(n, a, b), result, 1e-13);
        }
    }

    [Fact]
    public void RowOperations_EachLength_ArePlainSums()
    {
        for (int n = 1; n <= 40; n++)
        {
            double[] x = Numbers.NormalDoubles(3, n), y = Numbers.NormalDoubles(4, n);
            double[] a = [.. x], b = [.. y], sum = [.. y];

            SquareMatrix.AddScaled(x, 0.3, sum);
            SquareMatrix.Rotate(a, b, 0.6, 0.8);

            Assert.Equal(x.Zip(y, (p, q) => p * q).Sum(), SquareMatrix.Dot(x, y), 1e-12);
            Numbers.AssertClose([.. x.Zip(y, (p, q) => q + (0.3 * p))], sum, 1e-14);
            Numbers.AssertClose([.. x.Zip(y, (p, q) => (0.6 * p) - (0.8 * q))], a, 1e-14);
            Numbers.AssertClose([.. x.Zip(y, (p, q) => (0.8 * p) + (0.6 * q))], b, 1e-14);
        }
    }
}
