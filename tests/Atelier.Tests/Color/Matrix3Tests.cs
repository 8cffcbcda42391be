using Atelier.Color;
using Atelier.Testing;
using static Atelier.Tests.Color.ColorPictures;

namespace Atelier.Tests.Color;

public sealed class Matrix3Tests
{
    [Theory]
    [InlineData(1, 1e-6), InlineData(2, 1e-3), InlineData(3, 1)]
    public void Roots_OfAPositiveDefiniteMatrix_MultiplyBackToIt(int seed, double least)
    {
        double[] values = Numbers.NormalDoubles(seed, 9);
        Matrix3 random = new((i, j) => values[(3 * i) + j]);
        Matrix3 matrix = new((i, j) => (random * random.Transposed)[i, j] + (i == j ? least : 0));

        Matrix3 root = matrix.Power(0.5), lower = matrix.Cholesky();

        Numbers.AssertClose(Flattened(matrix), Flattened(root * root), 1e-12);
        Numbers.AssertClose(Flattened(matrix), Flattened(lower * lower.Transposed), 1e-12);
        Numbers.AssertClose(Flattened(Matrix3.Identity), Flattened(lower * lower.LowerInverse()), 1e-9);
        Numbers.AssertClose(Flattened(Matrix3.Identity), Flattened(matrix.Power(-0.5) * root), 1e-6);
    }

    [Fact]
    public void Power_OfADiagonalMatrix_IsThatOfItsValues()
        => Numbers.AssertClose(
            Flattened(Matrix3.Diagonal(3, 0.5, 2)), Flattened(Matrix3.Diagonal(9, 0.25, 4).Power(0.5)), 1e-14);
}
