using System.Collections.Immutable;
using Atelier.Imaging.Profiles;

namespace Atelier.Imaging;

/// <summary>A picture in memory: planes of float samples in row-major order from the top left, in sRGB, nominally in
/// [0, 1]. Colors outside the gamut of sRGB have samples outside that range. Grayscale pictures have three equal
/// planes.</summary>
/// <remarks>Not safe for concurrent writing. When a picture is decoded and encoded again, 8- and 16-bit samples of sRGB
/// are preserved exactly, and those of another color space except for rounding.</remarks>
public sealed class Picture
{
    /// <summary>Creates a black picture; fully opaque if it has alpha.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public Picture(int width, int height, bool hasAlpha = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        Width = width;
        Height = height;
        int area = checked(width * height);
        Red = new float[area];
        Green = new float[area];
        Blue = new float[area];
        if (hasAlpha)
        {
            Alpha = new float[area];
            Array.Fill(Alpha, 1f);
        }
    }

    /// <summary>Creates a picture from existing planes, of which it takes ownership.</summary>
    /// <exception cref="ArgumentException">A plane does not have width × height samples.</exception>
    public Picture(int width, int height, float[] red, float[] green, float[] blue, float[]? alpha = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        foreach (float[]? plane in (float[]?[])[red, green, blue, alpha])
        {
            if (plane is not null && plane.Length != (long)width * height)
            {
                throw new ArgumentException(
                    $"A plane has {plane.Length} samples; {width} x {height} needs {(long)width * height}.");
            }
        }

        (Width, Height, Red, Green, Blue, Alpha) = (width, height, red, green, blue, alpha);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Red samples, Height × Width.</summary>
    public float[] Red { get; }

    /// <summary>Green samples, Height × Width.</summary>
    public float[] Green { get; }

    /// <summary>Blue samples, Height × Width.</summary>
    public float[] Blue { get; }

    /// <summary>Opacity in [0, 1], not premultiplied, Height × Width; null if the picture has no alpha.</summary>
    public float[]? Alpha { get; }

    /// <summary>Bits per sample of the source file (1–16), which also selects the bit depth for writing: more than 8
    /// means 16.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>The ICC profile of the color space that the picture is written in; null for sRGB. Decoding converts
    /// the samples from that space, and encoding converts them back.</summary>
    public ReadOnlyMemory<byte>? IccProfile
    {
        get;

        // An array that is null becomes memory without bytes.
        init => field = value is { IsEmpty: true } ? null : value;
    }

    /// <summary>What the file says about the picture; written with it to formats that can hold it.</summary>
    public PictureMetadata Metadata { get; init; } = PictureMetadata.None;

    /// <summary>Text stored with the picture (text chunks of PNG, comments of JPEG, XMP of other formats): keyword →
    /// text.</summary>
    public ImmutableDictionary<string, string> Text { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Warnings from the decoder about damage that it worked around; empty for an intact file.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>How the file stores the colors if neither the planes nor a profile can say it; null after the
    /// conversion to sRGB.</summary>
    internal StoredColors? StoredColors { get; init; }

    /// <summary>The planes in the order red, green, blue and, if present, alpha.</summary>
    internal float[][] Planes => Alpha is null ? [Red, Green, Blue] : [Red, Green, Blue, Alpha];

    /// <summary>Whether a color lies outside the gamut of sRGB.</summary>
    internal bool ExceedsGamut => Array.Exists(
        (float[][])[Red, Green, Blue], plane => plane.AsSpan().ContainsAnyExceptInRange(0f, 1f));

    /// <summary>The picture with colors outside the gamut of sRGB clipped to it; the picture itself if there are
    /// none.</summary>
    internal Picture InGamut => ExceedsGamut ? WithColors(Clipped(Red), Clipped(Green), Clipped(Blue)) : this;

    /// <summary>Whether any pixel is not wholly opaque.</summary>
    internal bool IsTransparent => Alpha is not null && Array.Exists(Alpha, opacity => opacity < 1);

    /// <summary>Whether all pixels are wholly transparent.</summary>
    internal bool IsInvisible => Alpha is not null && Array.TrueForAll(Alpha, opacity => opacity <= 0);

    /// <summary>The picture with colors that continue the visible ones where it is transparent; the picture itself if
    /// it is opaque.</summary>
    internal Picture Visible => IsTransparent ? HiddenColors.Replace(this) : this;

    /// <summary>Returns the luma of a pixel (weights of ITU-R BT.709 on encoded samples).</summary>
    internal double LumaAt(int index)
        => (0.2126 * Red[index]) + (0.7152 * Green[index]) + (0.0722 * Blue[index]);

    /// <summary>Returns the same pixels with different text; the planes are shared, not copied.</summary>
    internal Picture WithText(ImmutableDictionary<string, string> text)
        => With(Width, Height, Planes, text, Metadata, IccProfile, StoredColors);

    /// <summary>Returns the same pixels with different metadata; the planes are shared, not copied.</summary>
    internal Picture WithMetadata(PictureMetadata metadata, params IEnumerable<string> warnings)
        => With(Width, Height, Planes, Text, metadata, IccProfile, StoredColors, warnings);

    /// <summary>Returns the same pixels with another profile, to be converted no further; the planes are shared, not
    /// copied.</summary>
    internal Picture WithProfile(ReadOnlyMemory<byte>? profile, params IEnumerable<string> warnings)
        => With(Width, Height, Planes, Text, Metadata, profile, null, warnings);

    /// <summary>Returns a picture with other pixels, in the order of <see cref="Planes"/>, and the same
    /// metadata.</summary>
    internal Picture WithPlanes(int width, int height, float[][] planes, StoredColors? stored = null)
        => With(width, height, planes, Text, Metadata, IccProfile, stored);

    /// <summary>Returns a picture with other colors of the same size, and the same alpha and metadata.</summary>
    internal Picture WithColors(float[] red, float[] green, float[] blue)
        => WithPlanes(Width, Height, Alpha is null ? [red, green, blue] : [red, green, blue, Alpha]);

    private static float[] Clipped(float[] plane) => Array.ConvertAll(plane, sample => Math.Clamp(sample, 0f, 1f));

    private Picture With(
        int width, int height, float[][] planes, ImmutableDictionary<string, string> text, PictureMetadata metadata,
        ReadOnlyMemory<byte>? profile, StoredColors? stored, params IEnumerable<string> warnings)
        => new(width, height, planes[0], planes[1], planes[2], planes.ElementAtOrDefault(3))
        {
            BitDepth = BitDepth,
            IccProfile = profile,
            Metadata = metadata,
            Text = text,
            StoredColors = stored,
            Warnings = [.. Warnings, .. warnings],
        };
}
