using System.Runtime.InteropServices;

namespace Atelier.Studio.Painting;

/// <summary>The thread that paints. It gives way to those that answer pages, and so do the threads of the engine that
/// it creates.</summary>
internal static class PainterThread
{
    // A thread with this niceness gets a third of what one without it gets, where both want the same processor.
    private const int Niceness = 5;
    private const int OfThread = 0, ThisOne = 0;

    /// <summary>Creates the thread.</summary>
    /// <param name="paint">What it does.</param>
    internal static Thread Create(Action paint) => new(() =>
    {
        GiveWay();
        paint();
    })
    {
        IsBackground = true,
        Name = "studio painter",
        Priority = ThreadPriority.BelowNormal,
    };

    /// <summary>Linux knows no priorities of ordinary threads, but each thread has a niceness, which the threads that it
    /// creates inherit.</summary>
    private static void GiveWay()
    {
        if (OperatingSystem.IsLinux())
        {
            // Where this is not allowed, pages answer a little later.
            _ = SetPriority(OfThread, ThisOne, Niceness);
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
}
