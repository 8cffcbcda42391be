using Atelier.Primitives;

namespace Atelier.Studio.Storage;

/// <summary>The studio's own folder: a plain folder for each kind of picture, which a person can open. Several studios
/// may use it at once.</summary>
/// <remarks>Files are written atomically and never replaced, except for those that their owner replaces.</remarks>
public sealed class StudioFolder
{
    /// <summary>Opens the folder; creates what is missing.</summary>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be created.</exception>
    public StudioFolder(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        FullPath = Path.GetFullPath(path);
        PassingMasks = new PassingMasks(this);
        foreach (PictureKind kind in Enum.GetValues<PictureKind>())
            Directory.CreateDirectory(FolderOf(kind));
    }

    /// <summary>Raised, on any thread, when a file has got another name; whoever knows it by its name remembers the
    /// new one.</summary>
    internal event Action<StoredPicture, StoredPicture>? Renamed;

    /// <summary>The folder if none is named: Atelier, among the user's pictures.</summary>
    public static string DefaultPath
    {
        get
        {
            string pictures = Environment.GetFolderPath(Environment.SpecialFolder.MyPictures);
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return Path.Combine(pictures.Length > 0 ? pictures : home, "Atelier");
        }
    }

    /// <summary>The absolute path.</summary>
    public string FullPath { get; }

    /// <summary>The masks that remain only if a recipe comes to name them.</summary>
    public PassingMasks PassingMasks { get; }

    /// <summary>Returns the folder of a kind.</summary>
    public string FolderOf(PictureKind kind) => Path.Combine(FullPath, PictureKinds.NameOf(kind));

    /// <summary>Removes what was being written when a process was killed.</summary>
    public void RemoveAbandoned()
    {
        foreach (PictureKind kind in Enum.GetValues<PictureKind>())
            AtomicFile.RemoveAbandoned(FolderOf(kind));
    }

    /// <summary>Returns the path of a picture; null if there is none of this name.</summary>
    public string? Find(PictureKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!SafeName.IsSafe(name))
        {
            return null;
        }

        string path = Path.Combine(FolderOf(kind), name);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Returns the path of a picture.</summary>
    /// <exception cref="CodedException">It is gone.</exception>
    public string PathOf(StoredPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Find(picture.Kind, picture.Name) ?? throw CodedException.Failed(
            "input.missing", $"'{picture.Name}' is not in the studio's folder any more.", "choose another picture");
    }

    /// <summary>Lists the pictures of a kind, newest first.</summary>
    public IReadOnlyList<StoredPicture> List(PictureKind kind)
        =>
        [
            .. new DirectoryInfo(FolderOf(kind)).EnumerateFiles()
                .Where(file => SafeName.IsSafe(file.Name) && file is { Exists: true, Length: > 0 })
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .Select(file => new StoredPicture(kind, file.Name)),
        ];

    /// <summary>Adds a file. If it is there already, with the same bytes, nothing is written.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="name">The name that it has elsewhere; it is made safe, and numbered if it is taken.</param>
    /// <param name="contents">The bytes.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public StoredPicture Add(PictureKind kind, string? name, ReadOnlyMemory<byte> contents)
    {
        StoredPicture added = Add(kind, name, contents, out _);
        if (kind == PictureKind.Masks)
        {
            PassingMasks.Keep([added.Name]);
        }

        return added;
    }

    /// <summary>Adds a file, and tells whether it was not there yet.</summary>
    internal StoredPicture Add(PictureKind kind, string? name, ReadOnlyMemory<byte> contents, out bool isNew)
        => Store(
            kind, SafeName.From(name, kind == PictureKind.Artworks ? "artwork" : "picture"),
            stream => stream.Write(contents.Span), path => FileContents.Are(path, contents.Span), out isNew);

    /// <summary>Adds a file under a name that no other has.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="name">The name; it is made safe, and numbered if it is taken.</param>
    /// <param name="write">Writes the file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public StoredPicture Create(PictureKind kind, string name, Action<Stream> write)
        => Store(kind, SafeName.From(name, "painting"), write, _ => false, out _);

    /// <summary>Gives a file another name, numbered if it is taken; the extension stays.</summary>
    /// <param name="picture">The file.</param>
    /// <param name="title">The name without extension; it is made safe.</param>
    /// <exception cref="CodedException">The file is gone, or nothing of the name is left.</exception>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public StoredPicture Rename(StoredPicture picture, string title)
    {
        ArgumentNullException.ThrowIfNull(picture);
        string path = PathOf(picture), extension = Path.GetExtension(picture.Name);
        string name = SafeName.From(title + extension, "");
        if (name == extension)
        {
            throw CodedException.Usage($"'{title}' is no name.", "use letters or digits");
        }

        return name == picture.Name
            ? picture
            : MovedTo(picture, picture with { Name = Move(path, FolderOf(picture.Kind), name) });
    }

    /// <summary>Tells that a file has another name.</summary>
    /// <returns>The file.</returns>
    internal StoredPicture MovedTo(StoredPicture before, StoredPicture after)
    {
        if (before != after)
        {
            Renamed?.Invoke(before, after);
        }

        return after;
    }

    /// <summary>Moves a file to a folder, under the first name that is free.</summary>
    /// <returns>The name.</returns>
    internal static string Move(string from, string to, string name)
    {
        for (int number = 1; ; number++)
        {
            string numbered = Numbered(name, number), path = Path.Combine(to, numbered);
            if (File.Exists(path))
            {
                continue;
            }

            try
            {
                File.Move(from, path, overwrite: false);
                return numbered;
            }
            catch (IOException) when (File.Exists(path) && File.Exists(from))
            {
                // The name is taken.
            }
        }
    }

    /// <summary>Moves a file that is complete into the folder. If it is there already, with the same bytes, it is
    /// removed instead.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="safe">The name, which is safe; it is numbered if it is taken.</param>
    /// <param name="path">The file, on the same disk.</param>
    /// <exception cref="IOException">The file cannot be moved.</exception>
    internal StoredPicture TakeIn(PictureKind kind, string safe, string path)
    {
        for (int number = 1; ; number++)
        {
            string numbered = Numbered(safe, number), target = Path.Combine(FolderOf(kind), numbered);
            if (Claim(target))
            {
                File.Move(path, target, overwrite: true);
                return new StoredPicture(kind, numbered);
            }

            if (FileContents.AreSame(path, target))
            {
                File.Delete(path);
                return new StoredPicture(kind, numbered);
            }
        }
    }

    /// <summary>Writes a file under the first name that is free, unless a file with a name before it is the
    /// same.</summary>
    private StoredPicture Store(
        PictureKind kind, string safe, Action<Stream> write, Func<string, bool> isSame, out bool isNew)
    {
        for (int number = 1; ; number++)
        {
            string numbered = Numbered(safe, number), path = Path.Combine(FolderOf(kind), numbered);
            isNew = Claim(path);
            if (isNew)
            {
                WriteClaimed(path, write);
                return new StoredPicture(kind, numbered);
            }

            if (isSame(path))
            {
                return new StoredPicture(kind, numbered);
            }
        }
    }

    /// <summary>Returns a name, or a variant with a number that is tried if it is taken.</summary>
    internal static string Numbered(string name, int number)
        => number == 1 ? name : $"{Path.GetFileNameWithoutExtension(name)}-{number}{Path.GetExtension(name)}";

    /// <summary>Takes a name, with an empty file, so that another studio takes the next one.</summary>
    internal static bool Claim(string path)
    {
        // An exception for each name that is taken would take a long time.
        if (File.Exists(path))
        {
            return false;
        }

        try
        {
            new FileStream(path, FileMode.CreateNew, FileAccess.Write).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static void WriteClaimed(string path, Action<Stream> write)
    {
        try
        {
            AtomicFile.Write(path, write);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
