using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>A byte for each value of a map, as a row-major array without a border: items that share a byte would have
/// to wait for each other.</summary>
internal sealed class OpenClFeatureBits(Shape shape, int bitsPerValue, DeviceBuffer memory, DeviceQueue queue)
    : FeatureBits(shape, bitsPerValue)
{
    internal DeviceBuffer Memory => memory;

    /// <summary>The queue of the device.</summary>
    internal DeviceQueue Queue => queue;

    public override void Dispose() => memory.Dispose();
}
