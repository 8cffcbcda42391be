using Atelier.Engine.Statistics;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Statistics;

public sealed unsafe class MatrixProductTests
{
    public static TheoryData<int, int, int> Sizes
        => new() { { 8, 8, 8 }, { 8, 24, 16 }, { 40, 8, 32 }, { 24, 40, 136 }, { 72, 56, 264 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Add_AnySize_AddsThePlainProduct(int rows, int columns, int depth)
    {
        double[] left = Numbers.NormalDoubles(1, rows * depth), right = Numbers.NormalDoubles(2, depth * columns);
        double[] before = Numbers.NormalDoubles(3, rows * columns);
        PaddedMatrix a = left.Padded(rows), b = right.Padded(depth), c = before.Padded(rows);

        MatrixProduct.Create(a, b, c).Add();

        Numbers.AssertClose(Plain(left, right, before, rows, columns, depth), c.Entries(), 1e-14);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Add_TransposedLeft_IsTheSame(int rows, int columns, int depth)
    {
        double[] left = Numbers.NormalDoubles(1, rows * depth), right = Numbers.NormalDoubles(2, depth * columns);
        double[] before = Numbers.NormalDoubles(3, rows * columns);
        double[] turned = [.. Enumerable.Range(0, rows * depth).Select(i => left[(i % rows * depth) + (i / rows)])];
        PaddedMatrix a = turned.Padded(depth), b = right.Padded(depth), c = before.Padded(rows);

        MatrixProduct product = MatrixProduct.Create(a, b, c) with
        {
            Rows = rows,
            LeftRowStep = 1,
            LeftDepthStep = a.Step,
        };
        product.Add();

        Numbers.AssertClose(Plain(left, right, before, rows, columns, depth), c.Entries(), 1e-14);
    }

    [Theory]
    [InlineData(8), InlineData(40), InlineData(136), InlineData(264)]
    public void Add_TriangularFactors_SkipsOnlyZeros(int n)
    {
        double[] upper = [.. Numbers.NormalDoubles(4, n * n).Select((x, i) => i / n <= i % n ? x : 0)];
        double[] lower = [.. Numbers.NormalDoubles(5, n * n).Select((x, i) => i / n >= i % n ? x : 0)];
        double[] full = Numbers.NormalDoubles(6, n * n), zero = new double[n * n];
        PaddedMatrix left = new(n, n), right = new(n, n), both = new(n, n);

        (MatrixProduct.Create(upper.Padded(n), full.Padded(n), left) with { LeftIsUpper = true }).Add();
        (MatrixProduct.Create(full.Padded(n), lower.Padded(n), right) with { RightIsLower = true }).Add();
        MatrixProduct triangles = MatrixProduct.Create(upper.Padded(n), lower.Padded(n), both);
        (triangles with { LeftIsUpper = true, RightIsLower = true }).Add();

        Numbers.AssertClose(Plain(upper, full, zero, n, n, n), left.Entries(), 1e-14);
        Numbers.AssertClose(Plain(full, lower, zero, n, n, n), right.Entries(), 1e-14);
        Numbers.AssertClose(Plain(upper, lower, zero, n, n, n), both.Entries(), 1e-14);
    }

    [Theory]
    [InlineData(8), InlineData(40), InlineData(136)]
    public void Add_UpperOnly_IsTheWholeProductOnceMirrored(int n)
    {
        double[] root = Matrices.Symmetric(7, n);
        PaddedMatrix matrix = root.Padded(n), square = new(n, n);

        (MatrixProduct.Create(matrix, matrix, square) with { UpperOnly = true }).Add();
        square.MirrorUpper();

        Numbers.AssertClose(Matrices.Multiply(n, root, root), square.Entries(), 1e-13);
    }

    private static double[] Plain(
        double[] left, double[] right, double[] before, int rows, int columns, int depth)
    {
        double[] result = [.. before];
        for (int i = 0; i < rows * columns; i++)
        {
            for (int k = 0; k < depth; k++)
                result[i] += left[(i / columns * depth) + k] * right[(k * columns) + (i % columns)];
        }

        return result;
    }
}
