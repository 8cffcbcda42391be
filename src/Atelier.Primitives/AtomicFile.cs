namespace Atelier.Primitives;

/// <summary>Files that appear whole or not at all: written beside the target under a temporary name, flushed to the
/// disk, then renamed over it.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file. Whatever goes wrong, <paramref name="path"/> holds the old contents
    /// or the new ones.</summary>
    /// <exception cref="IOException">The folder is missing, the disk is full, …;
    /// the temporary file is removed.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using PendingFile file = new(path);
        try
        {
            write(file.Stream);
            file.Complete();
        }
        catch (IOException error) when (error.Message.Contains(file.TemporaryPath, StringComparison.Ordinal))
        {
            throw new IOException(error.Message.Replace(file.TemporaryPath, file.Path), error.HResult);
        }
    }

    /// <summary>Finds out before a long work whether its result could be written:
    /// makes the temporary file and removes it.</summary>
    /// <exception cref="IOException">The folder is missing, the name is too long, …</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written to.</exception>
    public static void Probe(string path)
        => File.Create(PendingFile.TemporaryOf(Path.GetFullPath(path)), 1, FileOptions.DeleteOnClose).Dispose();
}
