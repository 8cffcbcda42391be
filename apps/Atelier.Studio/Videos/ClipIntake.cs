using Atelier.Studio.Storage;

namespace Atelier.Studio.Videos;

/// <summary>Takes clips into the folder. A clip goes to a file as it arrives, and gets its name when it is complete and
/// its first frame could be decoded.</summary>
/// <param name="folder">The studio's folder.</param>
/// <param name="reader">Examines clips.</param>
/// <param name="maxBytes">The largest clip that is accepted, in bytes.</param>
public sealed class ClipIntake(StudioFolder folder, ClipReader reader, long maxBytes)
{
    private const string Arriving = ".arriving";

    /// <summary>The largest clip that is accepted, in bytes.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>Stores a clip.</summary>
    /// <param name="name">The name that it has elsewhere; it is made safe.</param>
    /// <param name="contents">The bytes.</param>
    /// <param name="cancel">Ends the work; nothing remains.</param>
    /// <exception cref="CodedException">It is not a clip, or requires ffmpeg, which is missing.</exception>
    /// <exception cref="AtelierException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<StoredPicture> StoreAsync(string? name, Stream contents, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(contents);
        string arriving = Path.Combine(folder.FolderOf(PictureKind.Clips), $".{Guid.NewGuid():N}{Arriving}");
        string? examined = null;
        try
        {
            ClipFormat format = await WriteAsync(arriving, name, contents, cancel);
            string safe = NameOf(name, format);
            examined = arriving + Path.GetExtension(safe);
            File.Move(arriving, examined);
            try
            {
                await Task.Run(() => reader.Examine(examined), cancel);
            }
            catch (AtelierException error)
            {
                throw Named(error, examined, safe);
            }

            return await Task.Run(() => folder.TakeIn(PictureKind.Clips, safe, examined), cancel);
        }
        finally
        {
            File.Delete(arriving);
            if (examined is not null)
            {
                File.Delete(examined);
            }
        }
    }

    /// <summary>Removes clips that were arriving when a studio was killed.</summary>
    /// <param name="age">How long nothing has arrived: another studio may be taking in one.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public void RemoveAbandoned(TimeSpan age)
    {
        DateTime latest = DateTime.UtcNow - age;
        DirectoryInfo clips = new(folder.FolderOf(PictureKind.Clips));
        foreach (FileInfo file in clips.EnumerateFiles($".*{Arriving}*"))
        {
            try
            {
                if (file.LastWriteTimeUtc < latest)
                {
                    file.Delete();
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It stays until the next start.
            }
        }
    }

    /// <summary>Writes the file. What is not a clip is refused at its first bytes.</summary>
    private static async Task<ClipFormat> WriteAsync(
        string path, string? name, Stream contents, CancellationToken cancel)
    {
        byte[] start = new byte[ClipFormat.SignatureBytes];
        int count = await contents.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancel);
        ClipFormat format = ClipFormat.Of(start.AsSpan(0, count)) ?? throw NoClip(name, start.AsSpan(0, count));
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        await file.WriteAsync(start.AsMemory(0, count), cancel);
        await contents.CopyToAsync(file, cancel);
        return format;
    }

    private static CodedException NoClip(string? name, ReadOnlySpan<byte> start)
    {
        bool isZip = start.StartsWith("PK"u8);
        string what = start.IsEmpty ? "is empty" : isZip ? "is a zip file, not a clip" : "is not a clip";
        return CodedException.Failed("video.unreadable", $"'{SafeName.From(name, "clip")}' {what}.", isZip
            ? "unpack it and drop the clip; a folder of frames is painted by the command 'atelier video'"
            : $"drop a file in one of these formats: {string.Join(", ", ClipFormat.All.Select(each => each.Name))}");
    }

    /// <summary>The name, with an extension of its format.</summary>
    private static string NameOf(string? name, ClipFormat format)
    {
        string safe = SafeName.From(name, "clip");
        return ClipFormat.OfName(safe) == format ? safe : Path.ChangeExtension(safe, format.Extensions[0]);
    }

    /// <summary>The error with the name that the person knows.</summary>
    private static AtelierException Named(AtelierException error, string path, string name)
    {
        string message = error.Message.Replace(path, name, StringComparison.Ordinal)
            .Replace(Path.GetFileName(path), name, StringComparison.Ordinal);
        return error is CodedException coded
            ? CodedException.Failed(coded.Code, message, coded.Remedy)
            : new AtelierException(message);
    }
}
