namespace Atelier.Engine.Cpu;

/// <summary>Memory for intermediate results of one operation, kept from one to the next and grown
/// when one needs more.</summary>
internal sealed unsafe class Scratch : IDisposable
{
    private MemoryBlock? _memory;

    /// <summary>At least this many bytes, with whatever an earlier operation left in them.</summary>
    internal void* Bytes(long bytes)
    {
        if (_memory is null || _memory.Bytes < bytes)
        {
            _memory?.Dispose();
            _memory = new MemoryBlock(bytes);
        }

        return _memory.Address;
    }

    public void Dispose() => _memory?.Dispose();
}
