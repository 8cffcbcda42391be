using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Atelier.Engine.Cpu.Amx;

/// <summary>The conditions for using AMX units: the user's switch, the processor and the operating system.</summary>
internal sealed unsafe record AmxMachine
{
    private const long Map = 9, Protect = 10, Unmap = 11, ArchitectureControl = 158;
    private const long Read = 1, Write = 2, Execute = 4, PrivateAnonymous = 0x22;

    /// <summary>The value of <see cref="EngineOptions.AmxSwitch"/>; null if it is not set.</summary>
    internal bool? Switch { get; init; } = AppContext.TryGetSwitch(EngineOptions.AmxSwitch, out bool use) ? use : null;

    /// <summary>Whether requesting the permission is supported on this operating system.</summary>
    internal bool HasKnownSystem { get; init; } =
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>CPUID, leaf 7: AMX-BF16 and AMX-TILE.</summary>
    internal bool HasUnits { get; init; } =
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 0).Edx & Units) == Units;

    /// <summary>Requests the permission to use tiles from Linux, which refuses it unless the tile state of the
    /// processor is enabled. Returns the error, or null.</summary>
    internal Func<string?> RequestTiles { get; init; } = () =>
    {
        const long RequestPermission = 0x1023, TileData = 18;
        return Call(ArchitectureControl, RequestPermission, TileData) == 0 ? null : Error("arch_prctl");
    };

    /// <summary>Loads code into memory for the lifetime of the process. The memory is first writable and then
    /// executable, never both. Returns the address, or the error.</summary>
    internal Func<byte[], (nint Address, string? Error)> LoadCode { get; init; } = code =>
    {
        nint address = (nint)Call(Map, 0, code.Length, Read | Write, PrivateAnonymous, -1);
        if (address == -1)
        {
            return (0, Error("mmap"));
        }

        code.CopyTo(new Span<byte>((void*)address, code.Length));
        if (Call(Protect, address, code.Length, Read | Execute) != 0)
        {
            string error = Error("mprotect");
            _ = Call(Unmap, address, code.Length);
            return (0, error);
        }

        return (address, null);
    };

    private static int Units => (1 << 22) | (1 << 24);

    private static string Error(string call) => $"{call}, error {Marshal.GetLastSystemError()}";

    // Found by name in the process, so a library loaded before libc may replace it.
    private static long Call(long number, long a, long b, long c = 0, long d = 0, long e = 0, long f = 0)
    {
        if (!NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "syscall", out nint address))
        {
            return -1;
        }

        // Without a GC transition, during which the runtime might make its own calls, the error code is preserved.
        delegate* unmanaged[SuppressGCTransition]<long, long, long, long, long, long, long, long> call =
            (delegate* unmanaged[SuppressGCTransition]<long, long, long, long, long, long, long, long>)address;
        return call(number, a, b, c, d, e, f);
    }
}
