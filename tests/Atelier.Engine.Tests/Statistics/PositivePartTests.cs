using Atelier.Engine.Statistics;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Statistics;

public sealed class PositivePartTests
{
    private const double Blur = 1e-4;

    [Fact]
    public void Take_DiagonalMatrix_ClipsWhatIsNegative()
    {
        double[] matrix = Matrices.Diagonal(3, -2, 0.5, 0, -1e-3, 40, -7);

        PositivePart.Take(7, matrix, Blur);

        double[] expected = Matrices.Diagonal(3, 0, 0.5, 0, 0, 40, 0);
        Assert.All(expected.Zip(matrix), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [InlineData(5), InlineData(33)]
    public void Take_DifferenceOfMatricesThatDoNotMeet_IsTheFirst(int n)
    {
        // A is a covariance of a few vectors, and B one of vectors at right angles to all of them.
        double[] a = Matrices.Covariance(1, n, n / 2), project = Projection(n, a), b = Matrices.Covariance(2, n, n);
        b = Matrices.Multiply(n, project, Matrices.Multiply(n, b, project));
        double[] matrix = [.. a.Zip(b, (x, y) => x - y)];

        PositivePart.Take(n, matrix, Blur);

        Assert.All(a.Zip(matrix), pair => Assert.Equal(pair.First, pair.Second, 2e-4));
    }

    [Fact]
    public void Take_PositiveMatrix_LeavesIt()
    {
        const int n = 19;
        double[] matrix = Matrices.Covariance(4, n, 2 * n), before = [.. matrix];

        PositivePart.Take(n, matrix, Blur);

        Assert.All(before.Zip(matrix), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    /// <summary>What is left of the identity at right angles to the columns of a matrix of half rank.</summary>
    private static double[] Projection(int n, double[] a)
    {
        double[] projection = Matrices.Identity(n);
        for (int i = 0, found = 0; found < n / 2; i++)
        {
            double[] column = [.. Enumerable.Range(0, n).Select(row => a[(row * n) + i])];
            double[] rest = [.. Enumerable.Range(0, n).Select(row =>
                Enumerable.Range(0, n).Sum(k => projection[(row * n) + k] * column[k]))];
            double square = rest.Sum(value => value * value);
            found++;
            for (int entry = 0; entry < n * n; entry++)
                projection[entry] -= rest[entry / n] * rest[entry % n] / square;
        }

        return projection;
    }
}
