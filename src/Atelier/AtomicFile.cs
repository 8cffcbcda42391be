namespace Atelier;

/// <summary>Files that appear whole or not at all: written beside the target under a temporary name, flushed to the
/// disk, then renamed over it.</summary>
public static class AtomicFile
{
    private static int _writes;

    /// <summary>Writes a file. Whatever goes wrong, <paramref name="path"/> holds the old contents
    /// or the new ones.</summary>
    /// <exception cref="IOException">The folder is missing, the disk is full, …;
    /// the temporary file is removed.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path), temporary = TemporaryOf(target);
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception error)
        {
            File.Delete(temporary);
            if (error is IOException failure && failure.Message.Contains(temporary, StringComparison.Ordinal))
            {
                throw new IOException(failure.Message.Replace(temporary, target), failure.HResult);
            }

            throw;
        }
    }

    /// <summary>Finds out before a long work whether its result could be written:
    /// makes the temporary file and removes it.</summary>
    /// <exception cref="IOException">The folder is missing, the name is too long, …</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written to.</exception>
    public static void Probe(string path)
        => File.Create(TemporaryOf(Path.GetFullPath(path)), 1, FileOptions.DeleteOnClose).Dispose();

    private static string TemporaryOf(string target) => Path.Combine(
        Path.GetDirectoryName(target)!,
        $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Interlocked.Increment(ref _writes)}.tmp");
}
