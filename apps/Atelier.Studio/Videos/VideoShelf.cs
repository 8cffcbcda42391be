using System.Text.Json;
using Atelier.Primitives;
using Atelier.Studio.Gallery;
using Atelier.Studio.Storage;
using Atelier.Workshop.Videos;

namespace Atelier.Studio.Videos;

/// <summary>A painted video.</summary>
/// <param name="File">Its file, which may not exist yet.</param>
/// <param name="Record">What it was painted from.</param>
/// <param name="Time">When it was changed.</param>
/// <param name="Bytes">Size of the file; 0 if there is none.</param>
public sealed record VideoItem(StoredPicture File, VideoRecord Record, DateTime Time, long Bytes)
{
    /// <summary>Whether there is something to play.</summary>
    public bool IsPlayable => Bytes > 0;

    /// <summary>The address of its page.</summary>
    public string Url => $"video/{Uri.EscapeDataString(File.Name)}";

    /// <summary>The address of the file.</summary>
    public string FileUrl => $"videos/{Uri.EscapeDataString(File.Name)}";

    /// <summary>The address of its first frame.</summary>
    public string PosterUrl => $"{FileUrl}/frames/0/thumbnail";
}

/// <summary>The painted videos of the folder, complete or not. Beside each is a record of what it was painted from, and
/// while it is not complete, its finished frames.</summary>
/// <param name="folder">The studio's folder.</param>
/// <param name="trash">Where deleted videos go.</param>
public sealed class VideoShelf(StudioFolder folder, Trash trash)
{
    private const string RecordExtension = ".json", FramesExtension = VideoPainting.CheckpointExtension;
    private static readonly string[] Parts = ["", FramesExtension, RecordExtension];
    private int _version;

    /// <summary>Grows whenever this studio changes what is on the shelf.</summary>
    public int Version => _version;

    /// <summary>All videos, newest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<VideoItem> List()
        =>
        [
            .. Directory.EnumerateFiles(folder.FolderOf(PictureKind.Videos), $"*{RecordExtension}")
                .Select(path => Find(Path.GetFileNameWithoutExtension(path))).OfType<VideoItem>()
                .Where(item => item.IsPlayable || HasFrames(item.File.Name))
                .OrderByDescending(item => item.Time),
        ];

    /// <summary>Returns a video; null if there is none of this name.</summary>
    public VideoItem? Find(string? name)
    {
        if (name is null || folder.Find(PictureKind.Videos, name + RecordExtension) is not string record)
        {
            return null;
        }

        try
        {
            FileInfo file = new(PathOf(name));
            return new VideoItem(
                new StoredPicture(PictureKind.Videos, name), VideoRecord.Parse(File.ReadAllBytes(record)),
                File.GetLastWriteTimeUtc(file.Exists ? file.FullName : record), file.Exists ? file.Length : 0);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // Not a record, not readable, or gone a moment ago.
            return null;
        }
    }

    /// <summary>The path of a video, whether it exists or not.</summary>
    internal string PathOf(string name) => Path.Combine(folder.FolderOf(PictureKind.Videos), name);

    /// <summary>Whether there are frames from which it can go on.</summary>
    public bool HasFrames(string name) => File.Exists(PathOf(name) + FramesExtension);

    /// <summary>Takes a name for a new video.</summary>
    /// <exception cref="IOException">The record cannot be written.</exception>
    internal StoredPicture Begin(string name, VideoRecord record)
    {
        for (int number = 1; ; number++)
        {
            string numbered = StudioFolder.Numbered(SafeName.From(name, "video"), number), path = PathOf(numbered);
            if (!File.Exists(path) && !HasFrames(numbered) && StudioFolder.Claim(path + RecordExtension))
            {
                Keep(numbered, record);
                return new StoredPicture(PictureKind.Videos, numbered);
            }
        }
    }

    /// <summary>Replaces the record of a video.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void Keep(string name, VideoRecord record)
    {
        AtomicFile.Write(PathOf(name) + RecordExtension, stream => stream.Write(record.ToJson()));
        Interlocked.Increment(ref _version);
    }

    /// <summary>Names an artwork or style file anew in all records.</summary>
    /// <exception cref="IOException">A record cannot be written.</exception>
    internal void Rename(StoredPicture before, StoredPicture after)
    {
        foreach (VideoItem item in List().Where(item => item.Record.Styles.Contains(before)))
            Keep(item.File.Name, item.Record.Renamed(before, after));
    }

    /// <summary>Removes what is left of a video of which no frame was finished.</summary>
    internal void Forget(string name)
    {
        foreach (string each in Parts)
            File.Delete(PathOf(name) + each);
        Interlocked.Increment(ref _version);
    }

    /// <summary>Moves a video to the trash, with all that belongs to it.</summary>
    /// <returns>What <see cref="TakeBack"/> needs.</returns>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public IReadOnlyList<DeletedPicture> Delete(VideoItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Interlocked.Increment(ref _version);
        return
        [
            .. Parts
                .Select(extension => item.File with { Name = item.File.Name + extension })
                .Where(file => File.Exists(PathOf(file.Name))).Select(trash.Delete),
        ];
    }

    /// <summary>Takes a video back from the trash, under a name with a number if its name was taken
    /// since.</summary>
    /// <exception cref="IOException">It cannot be moved, or is not there any more.</exception>
    public void TakeBack(IReadOnlyList<DeletedPicture> deleted)
    {
        ArgumentNullException.ThrowIfNull(deleted);
        if (deleted is not [.., DeletedPicture record])
        {
            return;
        }

        // What belongs together finds itself by name. The record is moved last, so that the video is seen as a whole.
        string name = record.Picture.Name[..^RecordExtension.Length], free = name;
        for (int number = 2; Parts.Any(part => File.Exists(PathOf(free + part))); number++)
            free = StudioFolder.Numbered(name, number);
        foreach (DeletedPicture each in deleted)
        {
            string part = each.Picture.Name[name.Length..];
            File.Move(Path.Combine(trash.FullPath, each.NameInTrash), PathOf(free + part), overwrite: false);
        }

        Interlocked.Increment(ref _version);
    }
}
