
namespace Atelier.Jobs.Blobs;

/// <summary>Blobs as files in a folder, which several machines may share: <c>owner/ab/abcdef…</c>.</summary>
/// <param name="folder">The folder; created when something is stored.</param>
internal sealed class FolderBlobs(string folder) : IBlobStore
{
    private const int BufferSize = 1 << 20;
    private const string Arriving = ".arriving";

    /// <inheritdoc/>
    public async Task<BlobKey> PutAsync(string owner, Stream content, CancellationToken cancel)
    {
        if (!BlobKey.IsOwner(owner))
        {
            throw new ArgumentException($"'{owner}' is not the name of an owner.", nameof(owner));
        }

        string parent = Directory.CreateDirectory(Path.Combine(folder, owner)).FullName;
        string arriving = Path.Combine(parent, $".{Guid.NewGuid():N}{Arriving}");
        try
        {
            string digest;
            using (FileStream file =
                new(arriving, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, true))
            {
                digest = await Digest.CopyAsync(content, file, cancel);
                file.Flush(flushToDisk: true);
            }

            BlobKey key = new(owner, digest);
            string path = PathOf(key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(arriving, path, overwrite: true);
            return key;
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    /// <inheritdoc/>
    public async Task CopyToAsync(BlobKey key, Stream target, CancellationToken cancel)
    {
        string path = PathOf(key);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no blob '{key}'.");
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, true);
        Digest.Require(key, await Digest.CopyAsync(file, target, cancel));
    }

    /// <inheritdoc/>
    public Task DeleteAsync(BlobKey key, CancellationToken cancel)
    {
        string path = PathOf(key);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    /// <summary>Deletes blobs that were stored long ago and that nobody needs, and what killed processes
    /// left.</summary>
    /// <param name="grace">How long after it was stored a blob is left alone.</param>
    /// <param name="isNeeded">Whether somebody needs it.</param>
    internal async Task TidyAsync(TimeSpan grace, Func<BlobKey, Task<bool>> isNeeded)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        DateTime limit = DateTime.UtcNow - grace;
        EnumerationOptions everything =
            new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (string path in Directory.EnumerateFiles(folder, "*", everything))
        {
            if (File.GetLastWriteTimeUtc(path) < limit
                && (path.EndsWith(Arriving, StringComparison.Ordinal) || KeyOf(path) is BlobKey key
                    && !await isNeeded(key)))
            {
                DeleteIfOlder(path, limit);
            }
        }
    }

    /// <summary>Deletes a file, unless it was stored again meanwhile.</summary>
    private static void DeleteIfOlder(string path, DateTime limit)
    {
        string leaving = path + Arriving;
        try
        {
            File.Move(path, leaving);
            if (File.GetLastWriteTimeUtc(leaving) < limit)
            {
                File.Delete(leaving);
            }
            else
            {
                File.Move(leaving, path, overwrite: true);
            }
        }
        catch (IOException)
        {
            // Another deletes it too.
        }
    }

    private BlobKey? KeyOf(string path)
        => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar) is [string owner, _, string digest]
            ? BlobKey.TryParse($"{owner}/{digest}") : null;

    private string PathOf(BlobKey key)
        => Path.Combine(folder, key.Owner, key.Sha256[..2], BlobKey.Parse(key.ToString()).Sha256);
}
