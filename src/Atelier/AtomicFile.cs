namespace Atelier;

/// <summary>Files that appear whole or not at all: written beside the target under a temporary name, flushed to the
/// disk, then renamed over it.</summary>
public static class AtomicFile
{
    private static int _writes;

    /// <summary>Writes a file. Whatever goes wrong, <paramref name="path"/> holds the old contents or the new ones.</summary>
    /// <exception cref="IOException">The folder is missing, the disk is full, …; the temporary file is removed.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        string temporary = Path.Combine(
            Path.GetDirectoryName(target)!,
            $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Interlocked.Increment(ref _writes)}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
