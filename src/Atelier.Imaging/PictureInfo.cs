namespace Atelier.Imaging;

/// <summary>The properties of a picture according to the headers of its file, as returned by <see
/// cref="PictureFile.Identify(string, DecodeLimits?)"/>. If the pixels are intact, <see cref="PictureFile.Load(string,
/// DecodeLimits?, int)"/> returns a picture with the same properties.</summary>
public sealed record PictureInfo
{
    /// <summary>The format's name, such as PNG (<see cref="IImageFormat.Name"/>).</summary>
    public required string Format { get; init; }

    /// <summary>Width in pixels of the upright picture, that is, with the orientation applied.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels of the upright picture, that is, with the orientation applied.</summary>
    public required int Height { get; init; }

    /// <summary>Bits per sample, 1–16, as in <see cref="Picture.BitDepth"/>.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>Whether the picture has an alpha channel; for a GIF, whether its first frame leaves pixels transparent,
    /// or may do so.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>The transformation that makes the stored pixels upright; loading applies it.</summary>
    public Orientation Orientation { get; init; } = Orientation.Normal;

    /// <summary>Whether there is an ICC profile that is kept with the picture: one that is complete and describes
    /// RGB by primaries and curves.</summary>
    public bool HasIccProfile { get; init; }

    /// <summary>Number of pictures in the file of which each can be read by itself; 1 for most formats.</summary>
    public int Pages { get; init; } = 1;

    /// <summary>Creates the information about a picture from its stored size.</summary>
    public static PictureInfo Create(
        string format, int width, int height, Orientation orientation = Orientation.Normal)
    {
        (width, height) = orientation.TurnedSize(width, height);
        return new PictureInfo { Format = format, Width = width, Height = height, Orientation = orientation };
    }
}
