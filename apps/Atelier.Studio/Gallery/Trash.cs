using Atelier.Studio.Storage;

namespace Atelier.Studio.Gallery;

/// <summary>Where deleted results, artworks, style files and videos go: a folder beside the others, from which they can
/// be taken back.</summary>
/// <param name="folder">The studio's folder.</param>
public sealed class Trash(StudioFolder folder)
{
    /// <summary>The folder of deleted files, which exists once there are any.</summary>
    public string FullPath => Path.Combine(folder.FullPath, "trash");

    /// <summary>Moves a file here.</summary>
    /// <returns>What <see cref="TakeBack"/> needs.</returns>
    /// <exception cref="CodedException">It is not there any more.</exception>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public DeletedPicture Delete(StoredPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Directory.CreateDirectory(FullPath);
        return new DeletedPicture(picture, StudioFolder.Move(folder.PathOf(picture), FullPath, picture.Name));
    }

    /// <summary>Moves a file back, under its name or, if that was taken since, under one with a number.</summary>
    /// <exception cref="IOException">It cannot be moved, or has been removed from the trash.</exception>
    public StoredPicture TakeBack(DeletedPicture deleted)
    {
        ArgumentNullException.ThrowIfNull(deleted);
        StoredPicture picture = deleted.Picture;
        return folder.MovedTo(picture, picture with
        {
            Name = StudioFolder.Move(
                Path.Combine(FullPath, deleted.NameInTrash), folder.FolderOf(picture.Kind), picture.Name),
        });
    }
}

/// <summary>A file in the trash.</summary>
/// <param name="Picture">What it was.</param>
/// <param name="NameInTrash">The name of its file there.</param>
public sealed record DeletedPicture(StoredPicture Picture, string NameInTrash);
