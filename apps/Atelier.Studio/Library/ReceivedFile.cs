using Atelier.Imaging;
using Atelier.Studio.Storage;
using Atelier.Styles;

namespace Atelier.Studio.Library;

/// <summary>A file that somebody sent.</summary>
internal static class ReceivedFile
{
    /// <summary>Checks a file, and returns what it is for: a style file is one wherever it is dropped, and a picture
    /// among styles is an artwork.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="given">What it is said to be for.</param>
    /// <exception cref="ImageFormatException">It is not a picture.</exception>
    /// <exception cref="AtelierException">It is a style file that is damaged.</exception>
    internal static PictureKind KindOf(ReadOnlyMemory<byte> file, PictureKind given)
    {
        if (StyleStatistics.IsStyleFile(file.Span))
        {
            StyleStatistics.Read(new MemoryStream(file.ToArray()));
            return PictureKind.Styles;
        }

        PictureFile.Identify(file.Span);
        return given == PictureKind.Styles ? PictureKind.Artworks : given;
    }
}
