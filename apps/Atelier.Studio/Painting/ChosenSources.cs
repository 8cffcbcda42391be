using Atelier.Recipes;
using Atelier.Studio.Storage;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Painting;

/// <summary>What is chosen, as input files.</summary>
public static class ChosenSources
{
    /// <summary>Returns the files of a choice: the photograph, if there is one, the artworks and style files, and the
    /// masks.</summary>
    /// <exception cref="AtelierException">A file is gone, or a mask is no picture any more.</exception>
    /// <exception cref="IOException">A mask cannot be read or written.</exception>
    public static PaintSources Of(PaintingChoice choice, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return Of(choice, choice.Masks.PathsIn(folder, choice.Options), folder);
    }

    /// <summary>Returns the files of a choice with other masks.</summary>
    /// <exception cref="CodedException">A file is gone.</exception>
    public static PaintSources Of(PaintingChoice choice, GuidePaths guides, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(folder);
        return new PaintSources
        {
            Content = choice.Photograph is StoredPicture photograph
                ? new PictureSource("photograph", folder.PathOf(photograph))
                : null,
            Styles = [.. choice.Artworks.Select(art => SourceOf(art, folder))],
            Guides = GuideSources.Resolve(guides, new Recipe()),
        };
    }

    /// <summary>Returns the file of an artwork or a style file.</summary>
    /// <exception cref="CodedException">It is gone.</exception>
    public static PictureSource SourceOf(StoredPicture artwork, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(artwork);
        ArgumentNullException.ThrowIfNull(folder);
        return new PictureSource(artwork.Kind == PictureKind.Styles ? "style file" : "artwork", folder.PathOf(artwork));
    }
}
