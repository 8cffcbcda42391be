namespace Atelier.Engine.Cpu;

/// <summary>The weights of the positions of a map in CPU memory. Rows have the same spacing as those of a map with its
/// border, and the weights of the border are zero.</summary>
internal sealed unsafe class CpuWeightPlane : PositionWeights
{
    private readonly MemoryBlock _memory;
    private readonly double[] _rowSums;

    internal CpuWeightPlane(int height, int width, ReadOnlySpan<float> weights) : base(height, width)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, checked(height * width), nameof(weights));
        _rowSums = new double[height];
        _memory = new MemoryBlock(BytesFor(height, width));
        for (int row = 0; row < height; row++)
        {
            ReadOnlySpan<float> source = weights.Slice(row * width, width);
            source.CopyTo(new Span<float>(Origin + (row * (width + (nint)2)), width));
            foreach (float weight in source)
                _rowSums[row] += weight;
        }
    }

    /// <summary>The address of the weight at row 0, column 0.</summary>
    internal float* Origin => (float*)_memory.Address;

    internal static long BytesFor(int height, int width) => height * (width + 2L) * sizeof(float);

    public override float this[int row, int column] => Origin[(row * (Width + (nint)2)) + column];

    /// <summary>Casts weights to those of the CPU engine.</summary>
    /// <exception cref="ArgumentException">Another engine created them.</exception>
    internal static CpuWeightPlane From(PositionWeights weights)
        => weights as CpuWeightPlane ?? throw ForeignHandle.Error(weights);

    public override double Sum(Rows rows)
    {
        double sum = 0;
        for (int row = rows.First; row < rows.End; row++)
            sum += _rowSums[row];
        return sum;
    }

    public override void Dispose() => _memory.Dispose();
}
