namespace Atelier.Imaging;

/// <summary>Limits for decoding untrusted files. They are checked before memory is allocated.</summary>
public sealed record DecodeLimits
{
    /// <summary>The default limits: 400 megapixels.</summary>
    public static DecodeLimits Default { get; } = new();

    /// <summary>Maximum number of pixels (width × height).</summary>
    public long MaxPixels { get; init; } = 400_000_000;

    /// <summary>Throws if a size is empty or exceeds <see cref="MaxPixels"/>.</summary>
    /// <param name="place">The format and header field that holds the size, as in "PNG IHDR".</param>
    /// <param name="width">Width that the file declares, in pixels.</param>
    /// <param name="height">Height that the file declares, in pixels.</param>
    /// <exception cref="ImageFormatException">The size is not acceptable.</exception>
    public void Check(string place, long width, long height)
    {
        if (width is <= 0 or > int.MaxValue || height is <= 0 or > int.MaxValue)
        {
            throw new ImageFormatException($"{place}: {width} x {height} is not a valid picture size.");
        }

        // Regardless of the limit, a plane must fit into one array.
        long limit = Math.Min(MaxPixels, Array.MaxLength);
        if (width * height > limit)
        {
            throw new ImageFormatException(
                $"{place}: {width} x {height} pixels exceed the limit of {limit}; reduce the size of the picture " +
                "first (in the library, raise DecodeLimits.MaxPixels).");
        }
    }
}
