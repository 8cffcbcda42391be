using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Hints for the cache.</summary>
internal static unsafe class CacheLine
{
    /// <summary>Prefetches a line that will be needed soon, if the processor supports it. Any address is
    /// allowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Prefetch(float* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }
}
