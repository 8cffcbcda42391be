using Atelier.Statistics;

namespace Atelier.Tests.Statistics;

public sealed class MatrixSquareRootTests
{
    public static TheoryData<int, int> SizesAndRanks
        => new() { { 1, 1 }, { 2, 2 }, { 3, 1 }, { 16, 40 }, { 17, 5 }, { 64, 100 }, { 130, 20 } };

    [Theory]
    [MemberData(nameof(SizesAndRanks))]
    public void Root_Covariance_SquaredIsTheMatrix(int n, int rank)
    {
        double[] matrix = Matrices.Covariance(1, n, rank), root = new double[n * n];

        new MatrixSquareRoot(n).Root(matrix, root);

        Numbers.AssertClose(matrix, Matrices.Multiply(n, root, root), 1e-13);
        Numbers.AssertClose(Matrices.Transpose(n, root), root, 1e-15);
    }

    [Fact]
    public void Root_Zero_IsZero()
    {
        double[] root = new double[9];
        new MatrixSquareRoot(3).Root(new double[9], root);
        Assert.Equal(new double[9], root);
    }

    [Fact]
    public void Root_SlightlyNegativeEigenvalue_CountsAsZero()
    {
        double[] root = new double[9];
        new MatrixSquareRoot(3).Root(Matrices.OfEigenvalues(2, 4, 1, -1e-12), root);
        Numbers.AssertClose(Matrices.OfEigenvalues(2, 2, 1, 0), root, 1e-12);
    }

    [Fact]
    public void Root_NotANumber_Ends()
    {
        double[] matrix = Matrices.Covariance(3, 16, 20), root = new double[256];
        matrix[17] = double.NaN;
        new MatrixSquareRoot(16).Root(matrix, root);
        Assert.Contains(root, double.IsNaN);
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(17), InlineData(64)]
    public void RootTraceAndInverse_Positive_AreThoseOfTheRoot(int n)
    {
        double[] matrix = Matrices.Covariance(4, n, 3 * n), factor = Matrices.Covariance(5, n, 2 * n);
        double[] root = new double[n * n], result = new double[n * n];
        MatrixSquareRoot squareRoot = new(n);

        double trace = squareRoot.RootTraceAndInverse(matrix, factor, floor: 1e-12, result);
        squareRoot.Root(matrix, root);

        // B·A^−½·B is the X for which (B⁻¹·X·B⁻¹)·A^½ is one; without inverses: A^½·B⁻¹·X = B.
        Assert.Equal(Enumerable.Range(0, n).Sum(i => root[i * (n + 1)]), trace, 1e-12 * trace);
        double[] inverse = new double[n * n];
        squareRoot.RootTraceAndInverse(matrix, Matrices.Identity(n), floor: 1e-12, inverse);
        Numbers.AssertClose(Matrices.Identity(n), Matrices.Multiply(n, inverse, root), 1e-9);
        Numbers.AssertClose(Matrices.Multiply(n, Matrices.Multiply(n, factor, inverse), factor), result, 1e-11);
    }

    [Fact]
    public void RootTraceAndInverse_Singular_TakesTheFloor()
    {
        double[] result = new double[4];
        double trace = new MatrixSquareRoot(2).RootTraceAndInverse(
            Matrices.Diagonal(4, 0), Matrices.Identity(2), floor: 1e-4, result);
        Assert.Equal(2.01, trace, 1e-12);
        Numbers.AssertClose(Matrices.Diagonal(0.5, 100), result, 1e-12);
    }
}
