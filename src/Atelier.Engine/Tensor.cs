namespace Atelier.Engine;

/// <summary>A row of float32 values in the memory of the engine that made it: a picture's planes, a gradient, the state
/// of an optimizer. The storage is a multiple of sixteen values;
/// what lies beyond <see cref="Length"/> is zero.</summary>
/// <remarks>Whoever asked the engine for it disposes it. Values are reached through the engine only.</remarks>
public sealed unsafe class Tensor : IDisposable
{
    private readonly MemoryBlock _memory;

    internal Tensor(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        Length = length;
        _memory = new MemoryBlock((long)PaddedLength * sizeof(float));
    }

    /// <summary>Number of values.</summary>
    public int Length { get; }

    /// <summary>Number of values with the padding, a multiple of sixteen.</summary>
    internal int PaddedLength => (Length + 15) / 16 * 16;

    internal float* Data => (float*)_memory.Address;

    /// <summary>Frees the memory.</summary>
    public void Dispose() => _memory.Dispose();
}
