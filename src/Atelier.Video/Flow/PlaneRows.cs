using Atelier.Engine.Cpu;

namespace Atelier.Video.Flow;

/// <summary>Divides the rows of planes among threads.</summary>
internal static class PlaneRows
{
    // Enough work to be worth a claim by a thread, even in the coarse levels, and few enough for several bands each.
    private const int RowsOfBand = 16;

    /// <summary>Runs an operation on each row, possibly concurrently.</summary>
    internal static void ForEachRow(this IWorkers workers, int height, Action<int> row)
        => workers.Run((height + RowsOfBand - 1) / RowsOfBand, band =>
        {
            int end = Math.Min(height, (band + 1) * RowsOfBand);
            for (int y = band * RowsOfBand; y < end; y++)
                row(y);
        });
}
