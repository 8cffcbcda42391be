namespace Atelier.Primitives;

/// <summary>A file that is written under a temporary name beside its target and renamed to the target when it is
/// complete. If it is disposed before that, nothing is left behind.</summary>
internal sealed class PendingFile : IDisposable
{
    private static int _files;
    private bool _isComplete;

    /// <summary>Creates the temporary file.</summary>
    /// <exception cref="IOException">The folder is missing, …; the message names the file.</exception>
    internal PendingFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        TemporaryPath = TemporaryOf(Path);
        try
        {
            Stream = new FileStream(TemporaryPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        }
        catch (IOException error) when (error.Message.Contains(TemporaryPath, StringComparison.Ordinal))
        {
            throw new IOException(error.Message.Replace(TemporaryPath, Path), error.HResult);
        }
    }

    /// <summary>The target path.</summary>
    internal string Path { get; }

    /// <summary>The temporary path.</summary>
    internal string TemporaryPath { get; }

    /// <summary>The stream to write the contents to.</summary>
    internal FileStream Stream { get; }

    /// <summary>Flushes the contents to disk and renames the file to its target.</summary>
    internal void Complete()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        FileReplacement.Move(TemporaryPath, Path);
        _isComplete = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isComplete)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What is still buffered does not fit on the disk, which the caller knows already. The file is closed.
        }

        File.Delete(TemporaryPath);
    }

    /// <summary>Returns a unique temporary name beside a file.</summary>
    internal static string TemporaryOf(string target) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(target)!,
        $".{System.IO.Path.GetFileName(target)}.{Environment.ProcessId}-{Interlocked.Increment(ref _files)}.tmp");
}
