namespace Atelier.Primitives;

/// <summary>Writes files atomically: the contents go to a temporary file beside the target, are flushed to disk, and
/// the file is then renamed over the target.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file. Whatever happens, <paramref name="path"/> holds either the old contents or the new
    /// contents.</summary>
    /// <exception cref="IOException">The folder is missing, the disk is full, …; the temporary file has been
    /// removed.</exception>
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

    /// <summary>Checks, before long work begins, that its result can be written: creates the temporary file and removes
    /// it again, and with it those that earlier processes left behind.</summary>
    /// <exception cref="IOException">The folder is missing, the name is too long, …</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public static void Probe(string path)
    {
        string full = Path.GetFullPath(path);
        AbandonedFiles.RemoveFrom(Path.GetDirectoryName(full)!);
        File.Create(PendingFile.TemporaryOf(full), 1, FileOptions.DeleteOnClose).Dispose();
    }

    /// <summary>Removes the temporary files that earlier processes left behind in a folder, as far as that is
    /// possible.</summary>
    public static void RemoveAbandoned(string folder) => AbandonedFiles.RemoveFrom(folder);
}
