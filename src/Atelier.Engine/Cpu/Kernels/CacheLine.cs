using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Hints for the cache.</summary>
internal static unsafe class CacheLine
{
    /// <summary>Asks for a line that will be needed soon, where the processor can be asked. Any address will do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Prefetch(float* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }
}
