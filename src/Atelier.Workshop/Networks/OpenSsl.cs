using System.Runtime.InteropServices;

namespace Atelier.Workshop.Networks;

/// <summary>Whether this machine can speak HTTPS. On Linux the runtime takes the system's OpenSSL for that, and where
/// there is none it ends the whole process, so one asks beforehand.</summary>
internal static class OpenSsl
{
    // All that the runtime tries.
    private static readonly string[] Versions = ["3", "1.1", "1.0.2", "1.0.0", "10"];

    /// <summary>Whether it is there, or the system brings other means.</summary>
    internal static bool IsThereOrNotNeeded()
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        IEnumerable<string> versions =
            Variables.OpenSslVersion is string wished ? Versions.Prepend(wished) : Versions;
        // What was loaded stays so: it is about to be used.
        return versions.Any(version => NativeLibrary.TryLoad($"libssl.so.{version}", out _));
    }
}
