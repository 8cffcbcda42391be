using System.Globalization;
using System.Text;

namespace Atelier.Engine.OpenCl.Runtime;

/// <summary>Compiled kernels in the user's cache folder. A file begins with what it was compiled from, and is used for
/// nothing else; a folder that cannot be written is done without.</summary>
internal sealed class BinaryFolder(OpenClDevice device)
{
    private const ulong FnvOffset = 14695981039346656037, FnvPrime = 1099511628211;

    // A process without a home has no cache.
    private static readonly string? Folder =
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is [_, ..] home
            ? Path.Combine(home, "atelier", "kernels") : null;

    /// <summary>Returns what was stored under a key; null if nothing was.</summary>
    internal byte[]? Find(string key)
    {
        if (Folder is null)
        {
            return null;
        }

        byte[] header = HeaderOf(key);
        try
        {
            byte[] file = File.ReadAllBytes(PathOf(Folder, header));
            return file.AsSpan().StartsWith(header) && file.Length > header.Length ? file[header.Length..] : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Stores a binary, unless it is empty.</summary>
    internal void Store(string key, byte[] binary)
    {
        if (Folder is null || binary.Length == 0)
        {
            return;
        }

        byte[] header = HeaderOf(key);
        string path = PathOf(Folder, header), pending = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllBytes(pending, [.. header, .. binary]);
            File.Move(pending, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The kernels are compiled again next time; another program may just be reading them.
            TryDelete(pending);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is small.
        }
    }

    private byte[] HeaderOf(string key)
        => Encoding.UTF8.GetBytes(
            $"{device.Platform}\n{device.PlatformVersion}\n{device.Name}\n{device.Driver}\n{device.Version}\n{key}\n");

    private static string PathOf(string folder, byte[] header)
    {
        ulong hash = FnvOffset;
        foreach (byte value in header)
            hash = (hash ^ value) * FnvPrime;
        return Path.Combine(folder, hash.ToString("x16", CultureInfo.InvariantCulture) + ".bin");
    }
}
