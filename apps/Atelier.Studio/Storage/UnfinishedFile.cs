using System.Text;
using Atelier.Primitives;

namespace Atelier.Studio.Storage;

/// <summary>The file of a painting that is not complete, from which it goes on after the studio has ended. Only the
/// studio that holds it uses it: the lock beside it ends with its process, however that ends.</summary>
public sealed class UnfinishedFile : IDisposable
{
    private const string FolderName = "unfinished";
    private const string Extension = ".atelier-checkpoint", LockExtension = ".lock", AsideExtension = ".aside";
    private const string ResultExtension = ".result";
    private readonly FileStream _lock;

    private UnfinishedFile(string path, FileStream held) => (FilePath, _lock) = (path, held);

    /// <summary>Its absolute path. There is no file yet if nothing has been saved.</summary>
    public string FilePath { get; }

    /// <summary>The name of the result that the painting has already, because it went on after it had been complete;
    /// null if it has none.</summary>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be read or written.</exception>
    public string? Result
    {
        get => File.Exists(FilePath + ResultExtension) ? File.ReadAllText(FilePath + ResultExtension) : null;
        set
        {
            if (value is null)
            {
                File.Delete(FilePath + ResultExtension);
            }
            else
            {
                AtomicFile.Write(FilePath + ResultExtension, stream => stream.Write(Encoding.UTF8.GetBytes(value)));
            }
        }
    }

    /// <summary>Takes a name for a painting.</summary>
    /// <param name="folder">The studio's folder.</param>
    /// <param name="name">The name of the result.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static UnfinishedFile Create(StudioFolder folder, string name)
    {
        string parent = Directory.CreateDirectory(FolderOf(folder)).FullName;
        string safe = SafeName.From(Path.GetFileNameWithoutExtension(name), "painting");
        for (int number = 1; ; number++)
        {
            string path = Path.Combine(parent, StudioFolder.Numbered(safe + Extension, number));
            AtomicFile.Probe(path);
            if (!File.Exists(path) && TryHold(path) is UnfinishedFile held)
            {
                // A studio may have ended before there was anything to go on with.
                held.Result = null;
                return held;
            }
        }
    }

    /// <summary>Finds those that no studio holds, newest first. Each is held when it is returned.</summary>
    public static IEnumerable<UnfinishedFile> TakeAbandoned(StudioFolder folder)
    {
        DirectoryInfo parent = new(FolderOf(folder));
        FileInfo[] files = parent.Exists ? parent.GetFiles($"*{Extension}") : [];
        foreach (FileInfo file in files.OrderByDescending(file => file.LastWriteTimeUtc))
        {
            if (TryHold(file.FullName) is UnfinishedFile held)
            {
                if (File.Exists(held.FilePath))
                {
                    yield return held;
                }
                else
                {
                    held.Dispose();
                }
            }
        }
    }

    /// <summary>Renames the file, so that it is not used any more but not lost either.</summary>
    /// <returns>Its new name, with its folder.</returns>
    public string PutAside()
    {
        string aside = FilePath + AsideExtension;
        try
        {
            File.Move(FilePath, aside, overwrite: true);
            Result = null;
            return Path.Combine(FolderName, Path.GetFileName(aside));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Path.Combine(FolderName, Path.GetFileName(FilePath));
        }
    }

    /// <summary>Removes the file, because the painting is complete or not wanted.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(FilePath);
            Result = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // At worst, a complete painting goes on at the next start, and is complete again.
        }
    }

    /// <summary>Lets others use it.</summary>
    public void Dispose() => _lock.Dispose();

    private static string FolderOf(StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Path.Combine(folder.FullPath, FolderName);
    }

    private static UnfinishedFile? TryHold(string path)
    {
        try
        {
            return new UnfinishedFile(path, new FileStream(
                path + LockExtension, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
                FileOptions.DeleteOnClose));
        }
        catch (IOException) when (File.Exists(path + LockExtension))
        {
            return null;
        }
    }
}
