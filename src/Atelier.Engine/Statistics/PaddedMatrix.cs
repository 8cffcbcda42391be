namespace Atelier.Engine.Statistics;

/// <summary>A matrix of float64, row by row, laid out for vectors: aligned, and with rows and columns padded to a
/// multiple of eight. The padding is zero, so sums and products may run over it.</summary>
/// <remarks>The memory never moves; whoever computes with its address keeps the matrix alive.</remarks>
internal sealed unsafe class PaddedMatrix
{
    /// <summary>Rows and columns are padded to a multiple of this: the lanes of the widest vector.</summary>
    internal const int Unit = 8;

    private readonly double[] _memory;
    private readonly double* _first;

    /// <summary>A matrix of zeros.</summary>
    internal PaddedMatrix(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);

        // Rows of whole pages would lie on the same few sets of the cache, one below the other.
        Step = Padded(columns) + (Padded(columns) % 64 == 0 ? Unit : 0);
        _memory = GC.AllocateArray<double>((Padded(rows) * Step) + Unit, pinned: true);
        fixed (double* start = _memory)
        {
            const int bytes = Unit * sizeof(double);
            _first = (double*)(((nint)start + bytes - 1) / bytes * bytes);
        }
    }

    internal int Rows { get; }

    internal int Columns { get; }

    /// <summary>Numbers from one row to the next.</summary>
    internal int Step { get; }

    internal static int Padded(int count) => (count + Unit - 1) / Unit * Unit;

    internal double* Row(int row) => _first + ((nint)row * Step);

    /// <summary>Copies all entries in, row by row.</summary>
    internal void Set(ReadOnlySpan<double> entries)
    {
        for (int row = 0; row < Rows; row++)
            entries.Slice(row * Columns, Columns).CopyTo(new Span<double>(Row(row), Columns));
        GC.KeepAlive(this);
    }

    /// <summary>Copies all entries out, row by row.</summary>
    internal void CopyTo(Span<double> entries)
    {
        for (int row = 0; row < Rows; row++)
            new ReadOnlySpan<double>(Row(row), Columns).CopyTo(entries[(row * Columns)..]);
        GC.KeepAlive(this);
    }

    /// <summary>Copies all entries of a matrix of the same size in.</summary>
    internal void Set(PaddedMatrix source)
    {
        for (int row = 0; row < Rows; row++)
            new ReadOnlySpan<double>(source.Row(row), Columns).CopyTo(new Span<double>(Row(row), Columns));
        GC.KeepAlive(source);
        GC.KeepAlive(this);
    }

    /// <summary>Back to zero.</summary>
    internal void Clear() => Array.Clear(_memory);

    /// <summary>Copies the entries above the diagonal of a square matrix to below it.</summary>
    internal void MirrorUpper()
    {
        for (int row = 1; row < Rows; row++)
        {
            double* target = Row(row), source = Row(0) + row;
            for (int column = 0; column < row; column++, source += Step)
                target[column] = *source;
        }

        GC.KeepAlive(this);
    }
}
