using Atelier.Engine.Statistics;

namespace Atelier.Engine.Tests.Statistics;

/// <summary>Padded matrices from plain ones, and back.</summary>
internal static class PaddedMatrices
{
    internal static PaddedMatrix Padded(this double[] entries, int rows)
    {
        PaddedMatrix matrix = new(rows, entries.Length / rows);
        matrix.Set(entries);
        return matrix;
    }

    internal static double[] Entries(this PaddedMatrix matrix)
    {
        double[] entries = new double[matrix.Rows * matrix.Columns];
        matrix.CopyTo(entries);
        return entries;
    }
}
