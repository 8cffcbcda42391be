namespace Atelier.Engine.Cpu.Kernels;

/// <summary>The locations of the operands of a product C = start + A·B. A has rows (pixels) and a depth (channels, at
/// each of Taps × Taps neighboring pixels); B has a row of vectors for each depth; C and start have rows of those
/// vectors.</summary>
internal unsafe struct TileOperands
{
    /// <summary>Bytes from a row of A to the next.</summary>
    internal nint ARowStep;

    /// <summary>Bytes from a depth of A to the next.</summary>
    internal nint ADepthStep;

    /// <summary>Bytes from a tap of A to the next to the right.</summary>
    internal nint ATapStep;

    /// <summary>Bytes from a tap of A to the next below.</summary>
    internal nint ATapRowStep;

    /// <summary>Taps in each direction: 3 for a 3×3 convolution, 1 for a plain product.</summary>
    internal int Taps;

    /// <summary>Depth at each tap.</summary>
    internal int Depth;

    /// <summary>The first row of B.</summary>
    internal float* B;

    /// <summary>Bytes from a depth of B to the next.</summary>
    internal nint BDepthStep;

    /// <summary>Floats from a row of start to the next; 0 repeats one row, a bias.</summary>
    internal nint StartRowStep;

    /// <summary>Floats from a row of C to the next.</summary>
    internal nint CRowStep;
}

/// <summary>Matrix products whose results stay in registers until they are complete: the one kernel behind
/// convolutions, Gram matrices and their gradients. It runs at the processor's multiply-add peak, since twelve or
/// twenty-four independent sums hide the latency and each loaded value is used several times.</summary>
internal static unsafe partial class RegisterTiles<T> where T : struct, ILanes<T>
{
    /// <summary>Returns how many of the remaining <paramref name="vectors"/> of a row of B one tile
    /// processes.</summary>
    internal static int GroupSize(int vectors) => T.HasManyRegisters && vectors >= 4 ? 4 : vectors >= 2 ? 2 : 1;

    /// <summary>C = start + A·B for <paramref name="rows"/> rows and a group of vectors.</summary>
    /// <param name="o">The locations of the operands.</param>
    /// <param name="group">Vectors of a row of B: a result of <see cref="GroupSize"/>.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="a">First row of A.</param>
    /// <param name="start">First row of the values to start from.</param>
    /// <param name="c">First row of C; may be <paramref name="start"/>.</param>
    internal static void Multiply(in TileOperands o, int group, int rows, float* a, float* start, float* c)
    {
        int height = group == 4 || !T.HasManyRegisters ? 6 : rows < 12 ? 6 : 12;
        bool accumulates = start == c;
        int row = 0;
        for (; row + height <= rows; row += height)
            Tile(o, group, height, row, a, start, c);

        if (row < rows && rows >= height && !accumulates)
        {
            // The last rows are computed together with some that are already done; these are overwritten with the same
            // results.
            Tile(o, group, height, rows - height, a, start, c);
            return;
        }

        for (; row + 6 <= rows; row += 6)
            Tile(o, group, 6, row, a, start, c);
        for (; row < rows; row++)
            Tile(o, group, 1, row, a, start, c);
    }

    /// <summary>The same for a multiple of sixteen rows and at most two vectors, in tiles that fit sixteen.</summary>
    internal static void MultiplySixteens(in TileOperands o, int group, int rows, float* a, float* start, float* c)
    {
        if (!T.HasManyRegisters)
        {
            Multiply(o, group, rows, a, start, c);
            return;
        }

        int height = group == 2 ? 8 : 16;
        for (int row = 0; row < rows; row += height)
            Tile(o, group, height, row, a, start, c);
    }

    private static void Tile(in TileOperands o, int group, int height, int row, float* a, float* start, float* c)
    {
        a = (float*)((byte*)a + (row * o.ARowStep));
        start += row * o.StartRowStep;
        c += row * o.CRowStep;
        switch ((height, group))
        {
            case (6, 4): Tile6x4(o, a, start, c); break;
            case (12, 2): Tile12x2(o, a, start, c); break;
            case (12, 1): Tile12x1(o, a, start, c); break;
            case (8, 2): Tile8x2(o, a, start, c); break;
            case (16, 1): Tile16x1(o, a, start, c); break;
            case (6, 2): Tile6x2(o, a, start, c); break;
            case (6, 1): Tile6x1(o, a, start, c); break;
            case (1, 4): Tile1x4(o, a, start, c); break;
            case (1, 2): Tile1x2(o, a, start, c); break;
            default: Tile1x1(o, a, start, c); break;
        }
    }
}
