using Atelier.Engine.Statistics;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Statistics;

public sealed class TridiagonalizationTests
{
    public static TheoryData<int> Sizes => [1, 2, 3, 16, 17, 64, 130];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Reduce_RandomSymmetric_IsUndoneByItsReflections(int n) => Check(n, Matrices.Symmetric(1, n));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Reduce_RankDeficient_IsUndoneByItsReflections(int n)
        => Check(n, Matrices.Covariance(2, n, rank: Math.Max(1, n / 3)));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Reduce_Diagonal_IsItself(int n)
    {
        double[] entries = [.. Enumerable.Range(0, n).Select(i => (double)((i * 7) % n) - 2)];
        Tridiagonalization found = Check(n, Matrices.Diagonal(entries));
        Assert.Equal(entries, found.Diagonal);
        Assert.Equal(new double[n], found.OffDiagonal);
    }

    [Theory]
    [InlineData(1e-100), InlineData(1e-20), InlineData(1e20), InlineData(1e100)]
    public void Reduce_SmallOrLargeNumbers_IsAsExact(double scale)
        => Check(17, [.. Matrices.Symmetric(4, 17).Select(value => scale * value)]);

    [Theory]
    [InlineData(1e-8), InlineData(1e-30), InlineData(1e-160), InlineData(1e-300)]
    public void Reduce_BarelyCoupledBlocks_IsAsExact(double coupling)
    {
        double[] matrix = Matrices.Symmetric(5, 16);
        for (int i = 0; i < 256; i++)
            matrix[i] *= (i / 16 < 3) == (i % 16 < 3) ? 1 : coupling;
        Check(16, matrix);
    }

    [Fact]
    public void Reduce_Twice_GivesTheSameBits()
    {
        Tridiagonalization found = new(17);
        double[] matrix = Matrices.Symmetric(7, 17);
        found.Reduce(matrix.Padded(17));
        (double[] diagonal, double[] offDiagonal) = ([.. found.Diagonal], [.. found.OffDiagonal]);

        found.Reduce(Matrices.Symmetric(8, 17).Padded(17));
        found.Reduce(matrix.Padded(17));

        Assert.Equal(diagonal, found.Diagonal);
        Assert.Equal(offDiagonal, found.OffDiagonal);
    }

    /// <summary>Qᵀ from the identity is orthogonal, and Q·T·Qᵀ is the matrix.</summary>
    private static Tridiagonalization Check(int n, double[] matrix)
    {
        Tridiagonalization found = new(n);
        PaddedMatrix turned = Matrices.Identity(n).Padded(n);

        found.Reduce(matrix.Padded(n));
        found.ApplyTransposed(turned);

        double[] q = turned.Entries(), tridiagonal = Matrices.Diagonal(found.Diagonal);
        for (int i = 0; i + 1 < n; i++)
            tridiagonal[(i * n) + i + 1] = tridiagonal[((i + 1) * n) + i] = found.OffDiagonal[i];
        double[] transposed = Matrices.Transpose(n, q);
        double[] rebuilt = Matrices.Multiply(n, Matrices.Multiply(n, transposed, tridiagonal), q);
        double largest = matrix.Max(Math.Abs);
        Numbers.AssertClose(Matrices.Identity(n), Matrices.Multiply(n, q, transposed), 1e-13);
        Numbers.AssertClose(
            [.. matrix.Select(value => value / largest)], [.. rebuilt.Select(value => value / largest)], 2e-13);
        return found;
    }
}
