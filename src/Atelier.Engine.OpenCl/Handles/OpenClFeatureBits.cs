using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>A byte for each value of a map, as a row-major array without a border: items that share a byte would have to
/// wait for each other.</summary>
internal sealed class OpenClFeatureBits(Shape shape, int bitsPerValue, DeviceBuffer memory)
    : FeatureBits(shape, bitsPerValue)
{
    internal DeviceBuffer Memory => memory;

    public override void Dispose() => memory.Dispose();
}
