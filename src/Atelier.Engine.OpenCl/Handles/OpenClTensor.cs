using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl.Handles;

/// <summary>A tensor in a device's memory.</summary>
internal sealed class OpenClTensor(int length, DeviceBuffer memory) : Tensor(length)
{
    internal DeviceBuffer Memory => memory;

    public override void Dispose() => memory.Dispose();
}
