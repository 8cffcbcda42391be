using System.Collections.Immutable;

namespace Atelier.Imaging;

/// <summary>A picture in memory: planes of float samples, row by row from the top left, in the encoding of the file
/// (sRGB unless its profile says otherwise), nominally in [0, 1]. Gray pictures have three equal planes.</summary>
/// <remarks>Not safe for concurrent writing. 8- and 16-bit samples survive the way in and out exactly.</remarks>
public sealed class Picture
{
    /// <summary>A black picture, opaque when it has alpha.</summary>
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

    /// <summary>A picture made of existing planes, which it then owns.</summary>
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

    /// <summary>Opacity in [0, 1], not premultiplied, Height × Width; null for a picture without alpha.</summary>
    public float[]? Alpha { get; }

    /// <summary>Bits per sample of the file that the picture came from (1–16), and the depth at which it is best
    /// written again: more than 8 means 16.</summary>
    public int BitDepth { get; init; } = 8;

    /// <summary>The embedded ICC profile, unchanged; null when there was none or it does not describe RGB.</summary>
    public ReadOnlyMemory<byte>? IccProfile { get; init; }

    /// <summary>Text stored with the picture (PNG text chunks): keyword → text.</summary>
    public ImmutableDictionary<string, string> Text { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the decoder had to make up for, in sentences for a person; empty for a sound file.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The planes in the order red, green, blue and, where there is one, alpha.</summary>
    internal float[][] Planes => Alpha is null ? [Red, Green, Blue] : [Red, Green, Blue, Alpha];

    /// <summary>The same pixels with other text; the planes are shared, not copied.</summary>
    internal Picture WithText(ImmutableDictionary<string, string> text) => With(Width, Height, Planes, text);

    /// <summary>Other pixels, in the order of <see cref="Planes"/>, with all that is said about these.</summary>
    internal Picture WithPlanes(int width, int height, float[][] planes) => With(width, height, planes, Text);

    /// <summary>Other colors of the same size, with alpha and all that is said about these.</summary>
    internal Picture WithColors(float[] red, float[] green, float[] blue)
        => WithPlanes(Width, Height, Alpha is null ? [red, green, blue] : [red, green, blue, Alpha]);

    private Picture With(int width, int height, float[][] planes, ImmutableDictionary<string, string> text)
        => new(width, height, planes[0], planes[1], planes[2], planes.ElementAtOrDefault(3))
        {
            BitDepth = BitDepth,
            IccProfile = IccProfile,
            Text = text,
            Warnings = Warnings,
        };
}
