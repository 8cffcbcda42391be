namespace Atelier.Engine.Cpu;

/// <summary>A tensor in CPU memory. The storage is a multiple of sixteen values; those beyond the length are
/// zero.</summary>
internal sealed unsafe class CpuTensor : Tensor
{
    private readonly MemoryBlock _memory;

    internal CpuTensor(int length) : base(length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        _memory = new MemoryBlock((long)PaddedLength * sizeof(float));
    }

    /// <summary>Number of values including the padding, a multiple of sixteen.</summary>
    internal int PaddedLength => (Length + 15) / 16 * 16;

    internal float* Data => (float*)_memory.Address;

    /// <summary>Casts a tensor to that of the CPU engine.</summary>
    /// <exception cref="ArgumentException">Another engine created it.</exception>
    internal static CpuTensor From(Tensor tensor) => tensor as CpuTensor ?? throw ForeignHandle.Error(tensor);

    public override void Dispose() => _memory.Dispose();
}
