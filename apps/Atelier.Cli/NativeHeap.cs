using System.Runtime.InteropServices;

namespace Atelier.Cli;

/// <summary>The allocator of the C library.</summary>
internal static class NativeHeap
{
    // M_MMAP_THRESHOLD of <malloc.h>.
    private const int MappingThreshold = -3;
    private const int LeastMapped = 1 << 20;

    /// <summary>Has glibc return blocks of a megabyte and more to the system as soon as they are freed. By itself it
    /// keeps blocks of up to 32 MB, for each thread, so that two paintings at a time would hold the maps of earlier
    /// ones. Other C libraries return large blocks.</summary>
    internal static void ReturnLargeBlocks()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MappingThreshold, LeastMapped);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // Not glibc.
        }
    }

    [DllImport("libc.so.6", EntryPoint = "mallopt", ExactSpelling = true)]
    private static extern int SetOption(int option, int value);
}
