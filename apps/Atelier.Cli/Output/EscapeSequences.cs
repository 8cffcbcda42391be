using System.Runtime.InteropServices;

namespace Atelier.Cli.Output;

/// <summary>Colors that are written to a terminal as escape sequences.</summary>
internal static class EscapeSequences
{
    private const int StandardError = -12;
    private const uint VirtualTerminal = 4;

    /// <summary>Enables escape sequences on the terminal of standard error, and returns whether it supports them.
    /// Windows consoles print them as text until they are enabled.</summary>
    public static bool AreShown()
    {
        if (!OperatingSystem.IsWindows())
        {
            return true;
        }

        nint console = GetStdHandle(StandardError);
        return GetConsoleMode(console, out uint mode) != 0 && SetConsoleMode(console, mode | VirtualTerminal) != 0;
    }

    [DllImport("kernel32.dll", ExactSpelling = true)]
    private static extern nint GetStdHandle(int stream);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    private static extern int GetConsoleMode(nint console, out uint mode);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    private static extern int SetConsoleMode(nint console, uint mode);
}
