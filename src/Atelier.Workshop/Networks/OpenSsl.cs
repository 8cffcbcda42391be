using System.Runtime.InteropServices;

namespace Atelier.Workshop.Networks;

/// <summary>Checks whether cryptography is available, for HTTPS and for web servers. On Linux the runtime uses the
/// system's OpenSSL and terminates the process if there is none, so this must be checked first.</summary>
public static class OpenSsl
{
    // All versions that the runtime tries.
    private static readonly string[] Versions = ["3", "1.1", "1.0.2", "1.0.0", "10"];

    /// <summary>Whether OpenSSL is available, or the system does not need it.</summary>
    public static bool IsAvailableOrNotNeeded()
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        IEnumerable<string> versions =
            Variables.OpenSslVersion is string wished ? Versions.Prepend(wished) : Versions;
        // The library is not unloaded, because it is about to be used.
        return versions.Any(version => NativeLibrary.TryLoad($"libssl.so.{version}", out _));
    }
}
