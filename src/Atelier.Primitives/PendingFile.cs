namespace Atelier.Primitives;

/// <summary>A file that is being written beside its place under a temporary name, and takes its own when it is
/// complete. Disposed before that, it leaves nothing.</summary>
internal sealed class PendingFile : IDisposable
{
    private static int _files;
    private bool _isComplete;

    /// <summary>Begins a file.</summary>
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

    /// <summary>The file's own place.</summary>
    internal string Path { get; }

    /// <summary>Where it is meanwhile.</summary>
    internal string TemporaryPath { get; }

    /// <summary>Takes the contents.</summary>
    internal FileStream Stream { get; }

    /// <summary>Flushes the contents to the disk and gives the file its name.</summary>
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
        Stream.Dispose();
        if (!_isComplete)
        {
            File.Delete(TemporaryPath);
        }
    }

    /// <summary>A temporary name beside a file, never the same again.</summary>
    internal static string TemporaryOf(string target) => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(target)!,
        $".{System.IO.Path.GetFileName(target)}.{Environment.ProcessId}-{Interlocked.Increment(ref _files)}.tmp");
}
