using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Studio.Storage;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Gallery;

/// <summary>A studio's folder of a test's own, with pictures and results.</summary>
internal sealed class GalleryFolder : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    internal GalleryFolder() => Folder = new StudioFolder(_temporary.Path);

    internal StudioFolder Folder { get; }

    /// <summary>The recipe of a result that was painted elsewhere.</summary>
    internal static Recipe Recipe { get; } = new()
    {
        Content = RecipePicture.Create("/elsewhere/photo.png", TestPictures.Photograph),
        Styles =
        [
            RecipePicture.Create(@"C:\art\stripes.png", TestPictures.Artwork),
            RecipePicture.Create("waves.png", TestPictures.OtherArtwork),
        ],
        Options = Presets.ByName["bold"] with { Size = 333, StyleWeights = [1, 3] },
    };

    /// <summary>Adds a result, of 33 by 21 pixels.</summary>
    internal StoredPicture AddResult(string name, Recipe? recipe)
    {
        Picture picture = new(33, 21);
        return Folder.Create(PictureKind.Results, name,
            stream => PictureFile.Save(recipe is null ? picture : recipe.EmbedIn(picture), stream, ".png"));
    }

    internal void AddPictures()
    {
        Folder.Add(PictureKind.Photographs, "renamed.png", TestPictures.Photograph);
        Folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);
        Folder.Add(PictureKind.Artworks, "other.png", TestPictures.OtherArtwork);
    }

    public void Dispose() => _temporary.Dispose();
}
