using Atelier.Engine.OpenCl.Native;

namespace Atelier.Engine.OpenCl.Runtime;

/// <summary>Memory of a device. Whoever creates it disposes it; the device frees it after the commands that use
/// it.</summary>
/// <param name="handle">The handle.</param>
/// <param name="bytes">Its size.</param>
internal sealed class DeviceBuffer(nint handle, long bytes) : IDisposable
{
    private nint _handle = handle;

    internal long Bytes => bytes;

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return _handle;
        }
    }

    public void Dispose()
    {
        if (_handle != 0)
        {
            _ = Cl.ReleaseMemObject(_handle);
            _handle = 0;
        }
    }
}
