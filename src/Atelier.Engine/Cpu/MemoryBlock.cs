using System.Runtime.InteropServices;

namespace Atelier.Engine.Cpu;

/// <summary>A zero-initialized, aligned memory block outside the managed heap. Its owner disposes it.</summary>
internal sealed unsafe class MemoryBlock : IDisposable
{
    /// <summary>Alignment in bytes: a cache line, which is also the widest vector.</summary>
    internal const int Alignment = 64;

    private static long _liveBytes;
    private readonly void* _allocation;
    private void* _address;

    internal MemoryBlock(long bytes)
    {
        Bytes = (bytes + Alignment - 1) / Alignment * Alignment;

        // Zeroed at allocation: fresh pages are zero already, and are then first touched by the threads that use them.
        _allocation = NativeMemory.AllocZeroed((nuint)Bytes + Alignment);
        _address = (void*)(((nuint)_allocation + Alignment - 1) / Alignment * Alignment);
        Interlocked.Add(ref _liveBytes, Bytes);
    }

    /// <summary>Total bytes of all blocks that have not been disposed; tests use it to detect leaks.</summary>
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

        NativeMemory.Free(_allocation);
        _address = null;
        Interlocked.Add(ref _liveBytes, -Bytes);
    }
}
