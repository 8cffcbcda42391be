using System.Collections.Concurrent;
using Atelier.Recipes;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Gallery;

/// <summary>Finds the pictures of recipes in the studio's folder, by their contents: a path of a recipe may come from
/// anywhere, and is never opened.</summary>
/// <param name="folder">The studio's folder.</param>
public sealed class PictureFinder(StudioFolder folder)
{
    // Clips and videos are no pictures of recipes, and too large to read.
    private static readonly PictureKind[] Kinds =
    [
        PictureKind.Photographs, PictureKind.Artworks, PictureKind.Results, PictureKind.Masks, PictureKind.Styles,
    ];

    private readonly ConcurrentDictionary<(string Path, DateTime Time, long Length), string> _hashes = new();

    /// <summary>Finds a picture; an example becomes a file of the folder.</summary>
    /// <param name="wanted">The picture of a recipe. Without a hash, it is found by its name.</param>
    /// <param name="kind">What it is for, which is where it is sought first.</param>
    /// <returns>The picture; null if it is not there.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public StoredPicture? Find(RecipePicture wanted, PictureKind kind)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        string name = GalleryItem.NameOf(wanted);
        return Kinds.OrderBy(each => each != kind)
            .SelectMany(folder.List).OrderBy(picture => picture.Name != name)
            .FirstOrDefault(picture => IsIt(picture, wanted, name))
            ?? FindExample(wanted, kind, name);
    }

    /// <summary>Whether a picture of the folder is that of a recipe.</summary>
    public bool IsIt(StoredPicture picture, RecipePicture wanted)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(wanted);
        return IsIt(picture, wanted, GalleryItem.NameOf(wanted));
    }

    private bool IsIt(StoredPicture picture, RecipePicture wanted, string name)
        => wanted.Sha256 is null ? picture.Name == name : HashOf(picture) == wanted.Sha256;

    private StoredPicture? FindExample(RecipePicture wanted, PictureKind kind, string name)
    {
        foreach (StoredPicture example in Examples.List(kind))
        {
            byte[] file = Examples.Read(kind, example.Name)!;
            if (wanted.Sha256 is string hash
                ? RecipePicture.Create(example.Name, file).Sha256 == hash
                : example.Name == name)
            {
                return folder.Add(kind, example.Name, file);
            }
        }

        return null;
    }

    /// <summary>Returns the hash of a file; null if it has gone meanwhile.</summary>
    private string? HashOf(StoredPicture picture)
    {
        if (folder.Find(picture.Kind, picture.Name) is not string path)
        {
            return null;
        }

        FileInfo file = new(path);
        return _hashes.GetOrAdd(
            (path, file.LastWriteTimeUtc, file.Length),
            key => RecipePicture.Create(key.Path, File.ReadAllBytes(key.Path)).Sha256!);
    }
}
