namespace Atelier.Imaging.Profiles;

/// <summary>A color space given by code points (ITU-T H.273), as files and videos declare it.</summary>
/// <param name="Space">The color space.</param>
/// <param name="White">Chromaticity of its white.</param>
/// <param name="Name">A name for its profile.</param>
/// <param name="IsHdr">Whether its curve is that of a high dynamic range, which is mapped to that of sRGB.</param>
internal sealed record CodePoints(ColorSpace Space, (double X, double Y) White, string Name, bool IsHdr)
{
    /// <summary>The luminance of diffuse white in HDR, in cd/m² (ITU-R BT.2408).</summary>
    private const double ReferenceWhite = 203;

    /// <summary>Luminances above this part of white are compressed.</summary>
    private const double Knee = 0.7;

    private static readonly (double X, double Y) D65 = (0.3127, 0.329);

    /// <summary>The profile of samples in this space; null for sRGB, and for high dynamic range.</summary>
    internal byte[]? Profile => IsHdr || Space.IsSrgb ? null : IccWriter.Write(Space, Name, White);

    /// <summary>How a picture in this space is converted if it is of a high dynamic range; otherwise null.</summary>
    internal HdrColors? Hdr => IsHdr ? new HdrColors(this) : null;

    /// <summary>Returns a color space.</summary>
    /// <param name="primaries">Code point of the primaries.</param>
    /// <param name="transfer">Code point of the transfer characteristics.</param>
    /// <exception cref="ImageFormatException">A code point is unknown.</exception>
    internal static CodePoints Create(int primaries, int transfer)
    {
        (string name, (double, double)[] colors, (double, double) white) = Primaries(primaries);
        (string curveName, ToneCurve curve, bool isHdr) = Curve(transfer);
        ColorMatrix toXyz = ColorMatrix.FromPrimaries(colors[0], colors[1], colors[2], white);
        return new CodePoints(
            new ColorSpace(toXyz, [curve, curve, curve]), white, $"{name}, {curveName}", isHdr);
    }

    private static (string, (double, double)[], (double, double)) Primaries(int code) => code switch
    {
        1 => ("BT.709", [(0.64, 0.33), (0.3, 0.6), (0.15, 0.06)], D65),
        4 => ("NTSC", [(0.67, 0.33), (0.21, 0.71), (0.14, 0.08)], (0.31, 0.316)),
        5 => ("PAL", [(0.64, 0.33), (0.29, 0.6), (0.15, 0.06)], D65),
        6 or 7 => ("BT.601", [(0.63, 0.34), (0.31, 0.595), (0.155, 0.07)], D65),
        8 => ("film", [(0.681, 0.319), (0.243, 0.692), (0.145, 0.049)], (0.31, 0.316)),
        9 => ("BT.2020", [(0.708, 0.292), (0.17, 0.797), (0.131, 0.046)], D65),
        11 => ("DCI P3", [(0.68, 0.32), (0.265, 0.69), (0.15, 0.06)], (0.314, 0.351)),
        12 => ("Display P3", [(0.68, 0.32), (0.265, 0.69), (0.15, 0.06)], D65),
        22 => ("EBU 3213", [(0.63, 0.34), (0.295, 0.605), (0.155, 0.077)], D65),
        _ => throw new ImageFormatException($"color primaries {code} are unknown"),
    };

    private static (string, ToneCurve, bool) Curve(int code) => code switch
    {
        1 or 6 or 14 or 15 => ("BT.709", ToneCurve.Bt709, false),
        4 => ("gamma 2.2", ToneCurve.Parametric(0, [2.2]), false),
        5 => ("gamma 2.8", ToneCurve.Parametric(0, [2.8]), false),
        8 => ("linear", ToneCurve.Parametric(0, [1]), false),
        13 => ("sRGB", ToneCurve.Srgb, false),
        16 => ("PQ", new ToneCurve(sample => ToneMapped(Pq(sample))), true),
        18 => ("HLG", new ToneCurve(sample => ToneMapped(Hlg(sample))), true),
        _ => throw new ImageFormatException($"transfer characteristics {code} are unknown"),
    };

    /// <summary>Maps a luminance in cd/m² to [0, 1]: unchanged up to the knee, above it more and more
    /// compressed.</summary>
    private static double ToneMapped(double luminance)
    {
        double light = luminance / ReferenceWhite, excess = (light - Knee) / (1 - Knee);
        return light <= Knee ? light : Knee + ((1 - Knee) * excess / (1 + excess));
    }

    /// <summary>The luminance of a sample by SMPTE ST 2084.</summary>
    private static double Pq(double sample)
    {
        double root = Math.Pow(sample, 32 / 2523d);
        double ratio = Math.Max(0, root - (107 / 128d)) / ((2413 / 128d) - (2392 / 128d * root));
        return 10_000 * Math.Pow(ratio, 8192 / 1305d);
    }

    /// <summary>The luminance of a sample by ITU-R BT.2100's HLG, on a display of 1000 cd/m².</summary>
    private static double Hlg(double sample)
    {
        const double A = 0.17883277, B = 0.28466892, C = 0.55991073, SystemGamma = 1.2, Peak = 1000;
        double scene = sample <= 0.5 ? sample * sample / 3 : (Math.Exp((sample - C) / A) + B) / 12;
        return Peak * Math.Pow(scene, SystemGamma);
    }
}
