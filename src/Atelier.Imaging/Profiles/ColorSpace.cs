namespace Atelier.Imaging.Profiles;

/// <summary>A color space of three primaries and tone curves, or of gray, and its conversion from and to
/// sRGB.</summary>
/// <remarks>Colors outside the gamut of sRGB are not clipped: they have samples below 0 or above 1, on the curve of
/// sRGB continued to both sides, so that they can be converted back.</remarks>
internal sealed class ColorSpace
{
    /// <summary>Pixels that are converted by one task.</summary>
    private const int BlockLength = 1 << 16;

    /// <summary>A space whose samples differ from sRGB by less than this, half a level of 8 bits, is sRGB.</summary>
    private const float SrgbTolerance = 0.5f / 255;

    private static readonly ColorMatrix SrgbToXyz =
        ColorMatrix.FromPrimaries((0.64, 0.33), (0.3, 0.6), (0.15, 0.06), (0.3127, 0.329));

    private readonly ColorMatrix _toSrgb;
    private readonly ToneCurve[] _curves;

    /// <param name="toXyz">Converts linear light to XYZ, relative to D50.</param>
    /// <param name="curves">The curves of red, green and blue.</param>
    /// <exception cref="ImageFormatException">The space cannot be converted back and forth.</exception>
    internal ColorSpace(ColorMatrix toXyz, ToneCurve[] curves)
    {
        ColorMatrix toSrgb = SrgbToXyz.Inverse.Times(toXyz);
        double[] white = toSrgb.Times([1, 1, 1]);
        if (Math.Abs(toSrgb.Determinant) < 1e-4)
        {
            throw new ImageFormatException("the primaries lie on a line");
        }

        // Rounded numbers should not give white a tint; a medium of another white should.
        _toSrgb = white.All(value => Math.Abs(value - 1) < 0.02) ? toSrgb.WithWhite() : toSrgb;
        (ToXyz, _curves) = (toXyz, curves);
    }

    /// <summary>Creates a space of gray.</summary>
    internal static ColorSpace Gray(ToneCurve curve) => new(SrgbToXyz, [curve, curve, curve]);

    /// <summary>sRGB itself.</summary>
    internal static ColorSpace Srgb { get; } = Gray(ToneCurve.Srgb);

    /// <summary>The matrix from linear light to XYZ, relative to D50.</summary>
    internal ColorMatrix ToXyz { get; }

    /// <summary>The curves of red, green and blue.</summary>
    internal IReadOnlyList<ToneCurve> Curves => _curves;

    /// <summary>Whether its samples are those of sRGB, except for rounding.</summary>
    internal bool IsSrgb => DiffersLittle();

    /// <summary>Converts samples of this space in [0, 1] to sRGB, in place.</summary>
    internal void ToSrgb(float[] red, float[] green, float[] blue)
    {
        float[] r = _curves[0].Linear, g = _curves[1].Linear, b = _curves[2].Linear, encode = ToneCurve.Srgb.Encoded;
        float[] m = [.. _toSrgb.Values.Select(value => (float)value)];
        InBlocks(red.Length, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                (float x, float y, float z) =
                    (ToneCurve.Lookup(r, red[i]), ToneCurve.Lookup(g, green[i]), ToneCurve.Lookup(b, blue[i]));
                red[i] = Encode(encode, (m[0] * x) + (m[1] * y) + (m[2] * z));
                green[i] = Encode(encode, (m[3] * x) + (m[4] * y) + (m[5] * z));
                blue[i] = Encode(encode, (m[6] * x) + (m[7] * y) + (m[8] * z));
            }
        });
    }

    /// <summary>Converts samples of sRGB to this space, in place. Colors outside its gamut are clipped.</summary>
    internal void FromSrgb(float[] red, float[] green, float[] blue)
    {
        float[] r = _curves[0].Encoded, g = _curves[1].Encoded, b = _curves[2].Encoded, decode = ToneCurve.Srgb.Linear;
        float[] m = [.. _toSrgb.Inverse.Values.Select(value => (float)value)];
        InBlocks(red.Length, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                float x = Decode(decode, red[i]), y = Decode(decode, green[i]), z = Decode(decode, blue[i]);
                red[i] = ToneCurve.Lookup(r, Root((m[0] * x) + (m[1] * y) + (m[2] * z)));
                green[i] = ToneCurve.Lookup(g, Root((m[3] * x) + (m[4] * y) + (m[5] * z)));
                blue[i] = ToneCurve.Lookup(b, Root((m[6] * x) + (m[7] * y) + (m[8] * z)));
            }
        });
    }

    private bool DiffersLittle()
    {
        const int Steps = 5, Grays = 64;
        float[] red = new float[(Steps * Steps * Steps) + Grays], green = [.. red], blue = [.. red];
        for (int i = 0; i < red.Length; i++)
        {
            int color = i - Grays;
            (red[i], green[i], blue[i]) = color < 0
                ? ((float)i / Grays, (float)i / Grays, (float)i / Grays)
                : (color % Steps / 4f, color / Steps % Steps / 4f, color / Steps / Steps / 4f);
        }

        float[][] before = [[.. red], [.. green], [.. blue]];
        ToSrgb(red, green, blue);
        return before.Zip((float[][])[red, green, blue]).All(planes => planes.First.Zip(planes.Second)
            .All(samples => Math.Abs(samples.First - samples.Second) < SrgbTolerance));
    }

    private static void InBlocks(int count, Action<int, int> convert)
        => Parallel.For(0, (int)((count + BlockLength - 1L) / BlockLength), block => convert(
            block * BlockLength, (int)Math.Min(count, (block + 1L) * BlockLength)));

    private static float Root(float light) => light > 0 ? MathF.Sqrt(light) : 0;

    private static float Encode(float[] table, float light)
    {
        float size = Math.Abs(light);
        float sample = size <= 1
            ? ToneCurve.Lookup(table, MathF.Sqrt(size))
            : (1.055f * MathF.Pow(size, 1 / 2.4f)) - 0.055f;
        return light < 0 ? -sample : sample;
    }

    private static float Decode(float[] table, float sample)
    {
        float size = Math.Abs(sample);
        float light = size <= 1 ? ToneCurve.Lookup(table, size) : MathF.Pow((size + 0.055f) / 1.055f, 2.4f);
        return sample < 0 ? -light : light;
    }
}
