using System.ComponentModel;
using System.Diagnostics;

namespace Atelier.Cli;

/// <summary>Opens the browser of this system.</summary>
internal static class Browser
{
    /// <summary>Opens an address. Returns whether there was a program to open it with.</summary>
    public static bool Open(Uri address)
    {
        // Windows opens addresses itself; the programs of other systems print what does not concern the user.
        ProcessStartInfo start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address.AbsoluteUri])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        try
        {
            using Process? process = Process.Start(start);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
