using System.Runtime.InteropServices;

namespace Atelier.Tensors;

/// <summary>Aligned memory outside the garbage collector's heap, zeroed. One owner, who disposes it.</summary>
internal sealed unsafe class MemoryBlock : IDisposable
{
    /// <summary>Alignment in bytes: a cache line, which is also the widest vector.</summary>
    internal const int Alignment = 64;

    private static long _liveBytes;
    private void* _address;

    internal MemoryBlock(long bytes)
    {
        Bytes = (bytes + Alignment - 1) / Alignment * Alignment;
        _address = NativeMemory.AlignedAlloc((nuint)Bytes, Alignment);
        NativeMemory.Clear(_address, (nuint)Bytes);
        Interlocked.Add(ref _liveBytes, Bytes);
    }

    /// <summary>Bytes of all blocks that are not disposed; tests see by it that nothing is left.</summary>
    internal static long LiveBytes => Interlocked.Read(ref _liveBytes);

    internal long Bytes { get; }

    internal void* Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address is null, this);
            return _address;
        }
    }

    public void Dispose()
    {
        if (_address is null)
        {
            return;
        }

        NativeMemory.AlignedFree(_address);
        _address = null;
        Interlocked.Add(ref _liveBytes, -Bytes);
    }
}
