using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>The memory of maps that are freed together.</summary>
internal sealed class MapMemory(int capacity) : IDisposable
{
    private readonly List<DeviceBuffer> _slots = new(capacity);

    internal DeviceBuffer this[int slot] => _slots[slot];

    internal void Add(DeviceBuffer slot) => _slots.Add(slot);

    public void Dispose()
    {
        foreach (DeviceBuffer slot in _slots)
            slot.Dispose();
    }
}
