using System.Text;
using Atelier.Engine.OpenCl.Native;

namespace Atelier.Engine.OpenCl;

/// <summary>A device that OpenCL offers on this machine.</summary>
public sealed unsafe class OpenClDevice
{
    private const ulong AllKinds = 0xFFFFFFFF, GpuKind = 1 << 2;

    // Some implementations are not ready for a second thread while they find their devices.
    private static readonly Lazy<IReadOnlyList<OpenClDevice>> All = new(() => OpenClLibrary.Handle == 0 ? [] :
    [
        .. Platforms()
            .SelectMany(platform => DevicesOf(platform).Select(device => (Platform: platform, Handle: device)))
            .Where(each => Has(each.Handle, DeviceField.IsAvailable) && Has(each.Handle, DeviceField.HasCompiler))
            .OrderBy(each => !IsGraphicsCard(each.Handle))
            .ThenBy(each => Has(each.Handle, DeviceField.SharesHostMemory))
            .Select((each, index) => new OpenClDevice(index, each.Platform, each.Handle)),
    ]);

    private OpenClDevice(int index, nint platform, nint handle)
    {
        (Index, Handle) = (index, handle);
        Platform = PlatformText(platform, PlatformField.Name);
        PlatformVersion = PlatformText(platform, PlatformField.Version);
        Name = Text(DeviceField.Name);
        Driver = Text(DeviceField.DriverVersion);
        Version = Text(DeviceField.Version);
        ComputeUnits = (int)Value<uint>(handle, DeviceField.MaxComputeUnits);
        MaxGroupSize = (int)Value<nuint>(handle, DeviceField.MaxWorkGroupSize);
        Memory = (long)Value<ulong>(handle, DeviceField.GlobalMemorySize);
        MaxBufferBytes = (long)Value<ulong>(handle, DeviceField.MaxMemoryAllocationSize);
        LocalMemory = (long)Value<ulong>(handle, DeviceField.LocalMemorySize);
        IsGpu = IsGraphicsCard(handle);
        SharesHostMemory = Has(handle, DeviceField.SharesHostMemory);
    }

    private enum PlatformField : uint { Version = 0x0901, Name = 0x0902 }

    private enum DeviceField : uint
    {
        Type = 0x1000,
        MaxComputeUnits = 0x1002,
        MaxWorkGroupSize = 0x1004,
        MaxMemoryAllocationSize = 0x1010,
        GlobalMemorySize = 0x101F,
        LocalMemorySize = 0x1023,
        IsAvailable = 0x1027,
        HasCompiler = 0x1028,
        Name = 0x102B,
        DriverVersion = 0x102D,
        Version = 0x102F,
        SharesHostMemory = 0x1035,
    }

    /// <summary>What was done to find the OpenCL library of this machine, a sentence for each attempt.</summary>
    public static IReadOnlyList<string> LibraryAttempts => OpenClLibrary.Attempts;

    /// <summary>Its index among the devices of this machine, as in <c>opencl:1</c>.</summary>
    public int Index { get; }

    /// <summary>The implementation of OpenCL that it belongs to.</summary>
    public string Platform { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The version of its driver.</summary>
    public string Driver { get; }

    /// <summary>The version of OpenCL that it supports, as in <c>OpenCL 3.0 …</c>.</summary>
    public string Version { get; }

    /// <summary>Number of its compute units.</summary>
    public int ComputeUnits { get; }

    /// <summary>Its memory in bytes.</summary>
    public long Memory { get; }

    /// <summary>The largest single buffer in bytes.</summary>
    public long MaxBufferBytes { get; }

    /// <summary>Memory that a work-group shares, in bytes.</summary>
    public long LocalMemory { get; }

    /// <summary>Whether it is a graphics card, not a processor.</summary>
    public bool IsGpu { get; }

    /// <summary>Memory that the engine may fill: a program cannot know what the desktop needs of it, and memory that
    /// the host has too is the host's first.</summary>
    internal long UsableMemory => SharesHostMemory ? Memory / 2 : Memory - (Memory / 5);

    internal int MaxGroupSize { get; }

    /// <summary>The version of the implementation, which some makers change with each of their systems, but not that of
    /// the driver.</summary>
    internal string PlatformVersion { get; }

    private bool SharesHostMemory { get; }

    internal nint Handle { get; }

    /// <summary>Lists the devices of this machine that can compile kernels: graphics cards first, and of these the ones
    /// with memory of their own. Empty if there is no OpenCL library.</summary>
    public static IReadOnlyList<OpenClDevice> List() => All.Value;

    /// <summary>Its name and driver.</summary>
    public override string ToString() => $"{Name} ({Platform}, driver {Driver})";

    private static bool Has(nint device, DeviceField field) => Value<int>(device, field) != 0;

    private static bool IsGraphicsCard(nint device) => (Value<ulong>(device, DeviceField.Type) & GpuKind) != 0;

    private static nint[] Platforms()
    {
        uint count;
        if (Cl.GetPlatformIds(0, null, &count) != ClStatus.Success)
        {
            return [];
        }

        nint[] platforms = new nint[count];
        fixed (nint* first = platforms)
        {
            return Cl.GetPlatformIds(count, first, null) == ClStatus.Success ? platforms : [];
        }
    }

    private static nint[] DevicesOf(nint platform)
    {
        uint count;
        if (Cl.GetDeviceIds(platform, AllKinds, 0, null, &count) != ClStatus.Success)
        {
            return [];
        }

        nint[] devices = new nint[count];
        fixed (nint* first = devices)
        {
            return Cl.GetDeviceIds(platform, AllKinds, count, first, null) == ClStatus.Success ? devices : [];
        }
    }

    private static string PlatformText(nint platform, PlatformField field)
    {
        nuint size;
        _ = Cl.GetPlatformInfo(platform, (uint)field, 0, null, &size);
        byte[] bytes = new byte[size];
        fixed (byte* first = bytes)
        {
            _ = Cl.GetPlatformInfo(platform, (uint)field, size, first, null);
        }

        return Trimmed(bytes);
    }

    private string Text(DeviceField field)
    {
        nuint size;
        _ = Cl.GetDeviceInfo(Handle, (uint)field, 0, null, &size);
        byte[] bytes = new byte[size];
        fixed (byte* first = bytes)
        {
            _ = Cl.GetDeviceInfo(Handle, (uint)field, size, first, null);
        }

        return Trimmed(bytes);
    }

    private static T Value<T>(nint device, DeviceField field)
        where T : unmanaged
    {
        T value = default;
        _ = Cl.GetDeviceInfo(device, (uint)field, (nuint)sizeof(T), &value, null);
        return value;
    }

    private static string Trimmed(byte[] text) => Encoding.UTF8.GetString(text).TrimEnd('\0').Trim();
}
