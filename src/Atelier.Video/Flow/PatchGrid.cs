namespace Atelier.Video.Flow;

/// <summary>Square patches that overlap and cover a picture.</summary>
internal sealed class PatchGrid(int height, int width)
{
    /// <summary>Side in pixels: a row of a patch is a vector of 256 bits.</summary>
    internal const int Side = 8;

    // Kroeger et al. overlap patches by 0.3 to 0.75; every pixel then lies in four of them.
    private const int Step = 4;

    internal int Rows { get; } = CountAlong(height);

    internal int Columns { get; } = CountAlong(width);

    internal int Count => Rows * Columns;

    /// <summary>First pixel row of the patches in a row of them.</summary>
    internal int Top(int row) => Origin(row, height);

    /// <summary>First pixel column of the patches in a column of them.</summary>
    internal int Left(int column) => Origin(column, width);

    // The last patch is moved back into the picture; a picture smaller than a patch has one that extends beyond it.
    private static int Origin(int index, int size) => Math.Min(index * Step, Math.Max(0, size - Side));

    private static int CountAlong(int size) => ((Math.Max(0, size - Side) + Step - 1) / Step) + 1;
}
