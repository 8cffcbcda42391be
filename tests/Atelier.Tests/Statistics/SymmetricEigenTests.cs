using Atelier.Statistics;

namespace Atelier.Tests.Statistics;

public sealed class SymmetricEigenTests
{
    public static TheoryData<int> Sizes => [1, 2, 3, 16, 17, 64, 130];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decompose_RandomSymmetric_GivesABasisThatMakesItDiagonal(int n) => Check(n, Matrices.Symmetric(1, n));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decompose_RankDeficient_GivesABasisThatMakesItDiagonal(int n)
        => Check(n, Matrices.Covariance(2, n, rank: Math.Max(1, n / 3)));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decompose_Diagonal_FindsTheEntries(int n)
    {
        double[] entries = [.. Enumerable.Range(0, n).Select(i => (double)((i * 7) % n) - 2)];
        SymmetricEigen eigen = Check(n, Matrices.Diagonal(entries));
        Numbers.AssertClose([.. entries.Order()], [.. eigen.Values.Order()], 1e-14);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decompose_RepeatedEigenvalues_FindsThem(int n)
    {
        double[] values = [.. Enumerable.Range(0, n).Select(i => i % 2 == 0 ? 3.0 : -1.0)];
        SymmetricEigen eigen = Check(n, Matrices.OfEigenvalues(3, values));
        Numbers.AssertClose([.. values.Order()], [.. eigen.Values.Order()], 1e-13);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decompose_MultipleOfOne_FindsIt(int n)
        => Assert.All(
            Check(n, [.. Matrices.Identity(n).Select(value => 4 * value)]).Values,
            value => Assert.Equal(4, value));

    [Theory]
    [InlineData(1e-100), InlineData(1e-20), InlineData(1e20), InlineData(1e100)]
    public void Decompose_SmallOrLargeNumbers_IsAsExact(double scale)
        => Check(17, [.. Matrices.Symmetric(4, 17).Select(value => scale * value)]);

    [Theory]
    [InlineData(1e-8), InlineData(1e-30), InlineData(1e-160), InlineData(1e-300)]
    public void Decompose_BarelyCoupledBlocks_IsAsExact(double coupling)
    {
        double[] matrix = Matrices.Symmetric(5, 16);
        for (int i = 0; i < 256; i++)
            matrix[i] *= (i / 16 < 3) == (i % 16 < 3) ? 1 : coupling;
        Check(16, matrix);
    }

    [Fact]
    public void Decompose_EigenvaluesOverTwelveDecades_ErrorIsRelativeToTheLargest()
    {
        double[] values = [.. Enumerable.Range(0, 24).Select(i => Math.Pow(10, -i / 2.0))];
        SymmetricEigen eigen = Check(24, Matrices.OfEigenvalues(6, values));
        Numbers.AssertClose([.. values.Order()], [.. eigen.Values.Order()], 1e-14);
    }

    [Fact]
    public void Decompose_Twice_GivesTheSameBits()
    {
        SymmetricEigen eigen = new(17);
        double[] matrix = Matrices.Symmetric(7, 17);
        eigen.Decompose(matrix);
        (double[] values, double[] vectors) = ([.. eigen.Values], [.. eigen.Vectors]);

        eigen.Decompose(Matrices.Symmetric(8, 17));
        eigen.Decompose(matrix);

        Assert.Equal(values, eigen.Values);
        Assert.Equal(vectors, eigen.Vectors);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.MaxValue)]
    public void Decompose_NotFinite_Ends(double value)
    {
        foreach (int place in (int[])[0, 5, 255])
        {
            double[] matrix = Matrices.Symmetric(9, 16);
            matrix[place] = matrix[(place % 16 * 16) + (place / 16)] = value;
            SymmetricEigen eigen = new(16);
            eigen.Decompose(matrix);
            Assert.Contains(eigen.Values, found => !double.IsFinite(found) || Math.Abs(found) > 1e300);
        }
    }

    private static SymmetricEigen Check(int n, double[] matrix)
    {
        SymmetricEigen eigen = new(n);

        eigen.Decompose(matrix);

        double[] transposed = Matrices.Transpose(n, eigen.Vectors);
        Numbers.AssertClose(Matrices.Identity(n), Matrices.Multiply(n, eigen.Vectors, transposed), 1e-13);
        double[] scaled = Matrices.Multiply(n, transposed, Matrices.Diagonal(eigen.Values));
        double[] rebuilt = Matrices.Multiply(n, scaled, eigen.Vectors);
        double largest = matrix.Max(Math.Abs);
        Numbers.AssertClose(
            [.. matrix.Select(value => value / largest)], [.. rebuilt.Select(value => value / largest)], 2e-13);
        return eigen;
    }
}
