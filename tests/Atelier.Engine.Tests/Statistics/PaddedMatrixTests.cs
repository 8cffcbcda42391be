using Atelier.Engine.Statistics;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Statistics;

public sealed unsafe class PaddedMatrixTests
{
    [Theory]
    [InlineData(1, 1), InlineData(3, 17), InlineData(16, 64), InlineData(5, 512)]
    public void SetAndCopyTo_AnySize_KeepTheEntriesAndZerosBesideThem(int rows, int columns)
    {
        double[] entries = Numbers.NormalDoubles(1, rows * columns);

        PaddedMatrix matrix = entries.Padded(rows), copy = new(rows, columns);
        copy.Set(matrix);

        Assert.Equal(entries, copy.Entries());
        Assert.Equal(0, (nint)copy.Row(0) % 64);
        Assert.Equal(0, copy.Step % PaddedMatrix.Unit);
        for (int row = 0; row < PaddedMatrix.Padded(rows); row++)
        {
            for (int column = row < rows ? columns : 0; column < PaddedMatrix.Padded(columns); column++)
                Assert.Equal(0, copy.Row(row)[column]);
        }

        copy.Clear();
        Assert.Equal(new double[rows * columns], copy.Entries());
    }

    [Fact]
    public void MirrorUpper_AnyMatrix_BecomesSymmetric()
    {
        double[] entries = Numbers.NormalDoubles(2, 17 * 17);
        PaddedMatrix matrix = entries.Padded(17);

        matrix.MirrorUpper();

        double[] mirrored = matrix.Entries();
        for (int i = 0; i < entries.Length; i++)
            Assert.Equal(entries[i / 17 <= i % 17 ? i : (i % 17 * 17) + (i / 17)], mirrored[i]);
    }
}
