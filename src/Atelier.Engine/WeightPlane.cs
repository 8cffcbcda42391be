namespace Atelier.Engine;

/// <summary>A weight of 0 or more for each position of a feature map: how much the position counts in sums over the
/// map.</summary>
/// <remarks>Rows lie as far apart as those of a map with its border, and the border's weights are zero. Whoever asked
/// the engine for it disposes it.</remarks>
public sealed unsafe class WeightPlane : IDisposable
{
    private readonly MemoryBlock _memory;
    private readonly double[] _rowSums;

    internal WeightPlane(int height, int width, ReadOnlySpan<float> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, checked(height * width), nameof(weights));
        (Height, Width, _rowSums) = (height, width, new double[height]);
        _memory = new MemoryBlock(BytesFor(height, width));
        for (int row = 0; row < height; row++)
        {
            ReadOnlySpan<float> source = weights.Slice(row * width, width);
            source.CopyTo(new Span<float>(Origin + (row * (width + (nint)2)), width));
            foreach (float weight in source)
                _rowSums[row] += weight;
        }
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Where the weight at row 0, column 0 is.</summary>
    internal float* Origin => (float*)_memory.Address;

    internal static long BytesFor(int height, int width) => height * (width + 2L) * sizeof(float);

    /// <summary>The sum of the weights of some rows.</summary>
    internal double Sum(Rows rows)
    {
        double sum = 0;
        for (int row = rows.First; row < rows.End; row++)
            sum += _rowSums[row];
        return sum;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _memory.Dispose();
}
