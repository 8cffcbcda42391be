using System.Runtime.InteropServices;

namespace Atelier.Workshop;

/// <summary>Threads that paint. They give way to those that answer requests, and so do the threads of the engines
/// that they create.</summary>
public static class PainterThread
{
    // A thread that is nicer by this gets a third of what another gets, where both want the same processor.
    private const int Niceness = 5;

    /// <summary>Creates the thread.</summary>
    /// <param name="name">What it is called in a debugger.</param>
    /// <param name="paint">What it does.</param>
    public static Thread Create(string name, Action paint) => new(() =>
    {
        GiveWay();
        paint();
    })
    {
        IsBackground = true,
        Name = name,
    };

    /// <summary>Makes the calling thread give way, and those that it creates.</summary>
    public static void GiveWay()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;

        // Linux knows no priorities of ordinary threads, but each has a niceness, which it inherits.
        if (OperatingSystem.IsLinux())
        {
            // Where this is not allowed, answers come a little later.
            _ = Nice(Niceness);
        }
    }

    [DllImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Nice(int increment);
}
