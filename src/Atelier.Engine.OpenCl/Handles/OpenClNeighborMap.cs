using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>Indices of neighbors in a device's memory.</summary>
internal sealed class OpenClNeighborMap(int height, int width, DeviceBuffer memory) : NeighborMap(height, width)
{
    internal DeviceBuffer Memory => memory;

    public override void Dispose() => memory.Dispose();
}
