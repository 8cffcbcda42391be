using System.Runtime.InteropServices;

namespace Atelier.Engine.OpenCl.Native;

/// <summary>Finds the OpenCL library of the machine, which comes with the driver of a card.</summary>
internal static class OpenClLibrary
{
    internal const string Name = "OpenCL";

    private static readonly Lazy<(nint Handle, IReadOnlyList<string> Attempts)> Found = new(Load);

    /// <summary>The library; 0 if there is none.</summary>
    internal static nint Handle => Found.Value.Handle;

    /// <summary>What was tried, a sentence each.</summary>
    internal static IReadOnlyList<string> Attempts => Found.Value.Attempts;

    private static string[] Candidates
        => OperatingSystem.IsWindows() ? ["OpenCL.dll"]
            : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]
            : ["libOpenCL.so.1", "libOpenCL.so"];

    private static (nint Handle, IReadOnlyList<string> Attempts) Load()
    {
        List<string> attempts = [];
        foreach (string name in Candidates)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                attempts.Add($"{name}: loaded");
                return (handle, attempts);
            }

            attempts.Add($"{name}: not found");
        }

        return (0, attempts);
    }
}
