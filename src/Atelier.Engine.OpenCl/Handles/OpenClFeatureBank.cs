using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>A bank of feature vectors in a device's memory, one after another.</summary>
internal sealed class OpenClFeatureBank(int channels, int count, DeviceBuffer memory) : FeatureBank(channels, count)
{
    internal DeviceBuffer Memory => memory;

    public override void Dispose() => memory.Dispose();
}
