namespace Atelier.Jobs.Workers;

/// <summary>The folder for the files of the jobs that one worker runs. It is locked while the worker lives, so that
/// others can remove it after it was killed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "atelier-worker-", LockSuffix = ".lock";

    private readonly FileStream _lock;

    /// <param name="parent">Where it is created; those that killed workers left there are removed.</param>
    internal ScratchFolder(string parent)
    {
        Directory.CreateDirectory(parent);
        RemoveAbandoned(parent);
        Path = System.IO.Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}");
        _lock = new FileStream(Path + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1,
            FileOptions.DeleteOnClose);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            // Pictures of others are nobody's business.
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    internal string Path { get; }

    /// <summary>Removes the folder of a killed worker, or one of its jobs. What cannot be removed stays.</summary>
    internal static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody looks into it, or it is another user's.
        }
    }

    public void Dispose()
    {
        TryDelete(Path);
        _lock.Dispose();
    }

    private static void RemoveAbandoned(string parent)
    {
        foreach (string path in Directory.EnumerateFiles(parent, $"{Prefix}*{LockSuffix}"))
        {
            try
            {
                using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1,
                    FileOptions.DeleteOnClose);
                TryDelete(path[..^LockSuffix.Length]);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Its worker lives, or is another user's.
            }
        }
    }
}
