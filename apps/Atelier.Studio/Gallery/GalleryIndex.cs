using System.Collections.Concurrent;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Gallery;

/// <summary>The results of the studio's folder. What was once read of a file is remembered until the file
/// changes.</summary>
/// <param name="folder">The studio's folder.</param>
public sealed class GalleryIndex(StudioFolder folder)
{
    private readonly ConcurrentDictionary<string, GalleryItem> _known = new();
    private readonly Lock _reading = new();

    /// <summary>Lists the results, newest first. Only headers of files are read; see <see cref="Read"/>.</summary>
    public IReadOnlyList<GalleryItem> List()
        => [.. folder.List(PictureKind.Results).Select(Find).OfType<GalleryItem>()];

    /// <summary>Returns a result; null if it is not there, or no picture.</summary>
    public GalleryItem? Find(StoredPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (folder.Find(picture.Kind, picture.Name) is not string path)
        {
            return null;
        }

        try
        {
            FileInfo file = new(path);
            if (_known.TryGetValue(path, out GalleryItem? known) && known.Time == file.LastWriteTimeUtc)
            {
                return known;
            }

            PictureInfo info = PictureFile.Identify(path);
            return _known[path] = new GalleryItem
            {
                Picture = picture,
                Time = file.LastWriteTimeUtc,
                Bytes = file.Length,
                Width = info.Width,
                Height = info.Height,
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ImageFormatException)
        {
            return null;
        }
    }

    /// <summary>Reads the recipe of a result, if that has not happened yet.</summary>
    /// <returns>The result with its recipe.</returns>
    public GalleryItem Read(GalleryItem item)
    {
        ArgumentNullException.ThrowIfNull(item);

        // One at a time, because a large picture takes much memory while it is decoded.
        lock (_reading)
        {
            GalleryItem now = Find(item.Picture) ?? item;
            if (now.IsRead || folder.Find(item.Picture.Kind, item.Picture.Name) is not string path)
            {
                return now;
            }

            return _known[path] = WithRecipe(now, path);
        }
    }

    /// <summary>Whether a file seems to contain a recipe, found without decoding it.</summary>
    public static bool LooksPainted(ReadOnlySpan<byte> file) => file.IndexOf("atelier:recipe"u8) >= 0;

    private static GalleryItem WithRecipe(GalleryItem item, string path)
    {
        try
        {
            byte[] file = File.ReadAllBytes(path);
            return item.With(LooksPainted(file) ? Recipe.FromPicture(PictureFile.Decode(file)) : null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or AtelierException)
        {
            // It is shown without a recipe.
            return item.With(null);
        }
    }
}
