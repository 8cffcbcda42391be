namespace Atelier.Engine.Cpu;

/// <summary>A tensor in the processor's memory. The storage is a multiple of sixteen values; what lies beyond the
/// length is zero.</summary>
internal sealed unsafe class CpuTensor : Tensor
{
    private readonly MemoryBlock _memory;

    internal CpuTensor(int length) : base(length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        _memory = new MemoryBlock((long)PaddedLength * sizeof(float));
    }

    /// <summary>Number of values with the padding, a multiple of sixteen.</summary>
    internal int PaddedLength => (Length + 15) / 16 * 16;

    internal float* Data => (float*)_memory.Address;

    /// <summary>The processor's form of a tensor.</summary>
    /// <exception cref="ArgumentException">Another engine made it.</exception>
    internal static CpuTensor From(Tensor tensor) => tensor as CpuTensor ?? throw ForeignHandle.Error(tensor);

    public override void Dispose() => _memory.Dispose();
}
