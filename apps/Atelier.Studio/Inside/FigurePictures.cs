using Atelier.Imaging;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Inside;

/// <summary>The pictures of figures, at the small sizes that figures need; the latest are kept.</summary>
/// <param name="folder">Where the person's own pictures are.</param>
public sealed class FigurePictures(StudioFolder folder)
{
    private const int MostKept = 24;

    private readonly Lock _lock = new();
    private readonly List<((Subject Subject, int Side) Key, Picture Picture)> _kept = [];

    /// <summary>Returns a picture, not larger than it is.</summary>
    /// <param name="subject">Which.</param>
    /// <param name="side">Long side, in pixels.</param>
    /// <exception cref="CodedException">It is gone.</exception>
    /// <exception cref="ImageFormatException">It is not a picture.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Picture Load(Subject subject, int side)
    {
        ArgumentNullException.ThrowIfNull(subject);
        lock (_lock)
        {
            int index = _kept.FindIndex(each => each.Key == (subject, side));
            Picture picture = index >= 0 ? _kept[index].Picture : Shrink(Open(subject), side);
            if (index >= 0)
            {
                _kept.RemoveAt(index);
            }

            _kept.Add(((subject, side), picture));
            if (_kept.Count > MostKept)
            {
                _kept.RemoveAt(0);
            }

            return picture;
        }
    }

    private Picture Open(Subject subject)
    {
        if (!subject.IsExample)
        {
            return PictureFile.Load(folder.PathOf(subject.Picture));
        }

        byte[] jpeg = Examples.Read(subject.Picture.Kind, subject.Picture.Name) ?? throw CodedException.Failed(
            "input.missing", $"There is no example '{subject.Picture.Name}'.", "choose another picture");
        return PictureFile.Decode(jpeg);
    }

    private static Picture Shrink(Picture picture, int side)
        => Math.Max(picture.Width, picture.Height) > side ? Resampler.Resize(picture, side) : picture;
}
