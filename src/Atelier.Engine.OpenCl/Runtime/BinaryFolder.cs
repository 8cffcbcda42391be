using System.Globalization;
using System.Text;

namespace Atelier.Engine.OpenCl.Runtime;

/// <summary>Compiled kernels in the user's cache folder. A file begins with what it was compiled from, and is used for
/// nothing else; a folder that cannot be written is done without.</summary>
internal sealed class BinaryFolder(OpenClDevice device)
{
    private const ulong FnvOffset = 14695981039346656037, FnvPrime = 1099511628211;

    private static readonly string Folder = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "atelier", "kernels");

    /// <summary>Returns what was stored under a key; null if nothing was.</summary>
    internal byte[]? Find(string key)
    {
        byte[] header = HeaderOf(key);
        try
        {
            byte[] file = File.ReadAllBytes(PathOf(header));
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
        if (binary.Length == 0)
        {
            return;
        }

        byte[] header = HeaderOf(key);
        string path = PathOf(header), pending = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllBytes(pending, [.. header, .. binary]);
            File.Move(pending, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The kernels are compiled again next time.
        }
    }

    private byte[] HeaderOf(string key)
        => Encoding.UTF8.GetBytes($"{device.Platform}\n{device.Name}\n{device.Driver}\n{device.Version}\n{key}\n");

    private static string PathOf(byte[] header)
    {
        ulong hash = FnvOffset;
        foreach (byte value in header)
            hash = (hash ^ value) * FnvPrime;
        return Path.Combine(Folder, hash.ToString("x16", CultureInfo.InvariantCulture) + ".bin");
    }
}
