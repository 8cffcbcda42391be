namespace Atelier.Imaging;

/// <summary>What the headers of a picture file say about it, as told by
/// <see cref="PictureFile.Identify(string, DecodeLimits?)"/>. Where the pixels are sound,
/// <see cref="PictureFile.Load(string, DecodeLimits?)"/> gives a picture that agrees with it.</summary>
public sealed record PictureInfo
{
    /// <summary>The format's name: PNG, JPEG, BMP, PNM or GIF.</summary>
    public required string Format { get; init; }

    /// <summary>Width in pixels as the picture is seen, with the orientation applied.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels as the picture is seen, with the orientation applied.</summary>
    public required int Height { get; init; }

    /// <summary>Bits per sample, 1–16, as in <see cref="Picture.BitDepth"/>.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>Whether there is room for transparency. Of a GIF, whether its first frame leaves pixels out or
    /// may.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>What must be done to the stored pixels to see them upright; loading does it.</summary>
    public Orientation Orientation { get; init; } = Orientation.Normal;

    /// <summary>Whether there is an ICC profile that stays with the picture: a whole one that describes RGB.</summary>
    public bool HasIccProfile { get; init; }

    /// <summary>The information about a picture that is stored at this size.</summary>
    internal static PictureInfo Create(
        string format, int width, int height, Orientation orientation = Orientation.Normal)
    {
        (width, height) = orientation.TurnedSize(width, height);
        return new PictureInfo { Format = format, Width = width, Height = height, Orientation = orientation };
    }
}
