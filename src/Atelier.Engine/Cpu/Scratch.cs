namespace Atelier.Engine.Cpu;

/// <summary>Scratch memory for an operation, reused by the next one and grown when needed.</summary>
internal sealed unsafe class Scratch : IDisposable
{
    private MemoryBlock? _memory;

    /// <summary>Returns at least this many bytes, with undefined contents.</summary>
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
