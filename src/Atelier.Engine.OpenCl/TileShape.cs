using System.Globalization;

namespace Atelier.Engine.OpenCl;

/// <summary>How matrix products are divided: a work-group of items computes a tile, each item some results.</summary>
/// <param name="GroupM">Work-items along the rows of the result.</param>
/// <param name="GroupN">Work-items along its columns.</param>
/// <param name="EachM">Results of an item along the rows, a multiple of 4.</param>
/// <param name="EachN">Results of an item along the columns, a multiple of 4.</param>
/// <param name="Depth">Terms of the sums that are copied to local memory at a time; divides the number of
/// items.</param>
internal readonly record struct TileShape(int GroupM, int GroupN, int EachM, int EachN, int Depth)
{
    /// <summary>Rows of a tile.</summary>
    internal int M => GroupM * EachM;

    /// <summary>Columns of a tile.</summary>
    internal int N => GroupN * EachN;

    /// <summary>Returns the number of work-items along the rows of a result.</summary>
    internal long ItemsM(long rows) => RoundUp(rows, M) / EachM;

    /// <summary>Returns the number of work-items along the columns of a result.</summary>
    internal long ItemsN(long columns) => RoundUp(columns, N) / EachN;

    /// <summary>Rounds up to a multiple of a step.</summary>
    internal static long RoundUp(long count, int step) => (count + step - 1) / step * step;

    /// <summary>The macros of the sources.</summary>
    internal string Defines => string.Create(
        CultureInfo.InvariantCulture,
        $"GROUP_M={GroupM} GROUP_N={GroupN} EACH_M={EachM} EACH_N={EachN} TILE_K={Depth}");

    /// <summary>Local memory of the kernel that needs most, which is the search for neighbors.</summary>
    internal int LocalBytes => sizeof(float) * ((Depth * (M + 4 + N + 4)) + (2 * M * GroupN));
}
