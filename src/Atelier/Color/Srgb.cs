using System.Numerics;

namespace Atelier.Color;

/// <summary>The transfer curve of sRGB (IEC 61966-2-1) and relative luminance. Below 0 the curve continues as its
/// mirror image, and above 1 by its formula, for colors that are being mapped back into the gamut.</summary>
internal static class Srgb
{
    private const float EndOfLine = 0.04045f, LineSlope = 12.92f, Offset = 0.055f, Exponent = 2.4f;

    /// <summary>Converts encoded samples to linear light, with 1 for white.</summary>
    internal static Vector<float> Decode(Vector<float> encoded)
    {
        Vector<float> size = Vector.Abs(encoded);
        Vector<float> line = size * (1 / LineSlope);
        Vector<float> curve = Power((size + new Vector<float>(Offset)) * (1 / (1 + Offset)), Exponent);
        Vector<int> onLine = Vector.LessThanOrEqual(size, new Vector<float>(EndOfLine));
        return Vector.CopySign(Vector.ConditionalSelect(onLine, line, curve), encoded);
    }

    /// <summary>Converts linear light to encoded samples; the inverse of <see cref="Decode"/>.</summary>
    internal static Vector<float> Encode(Vector<float> light)
    {
        Vector<float> size = Vector.Abs(light);
        Vector<float> curve = (Power(size, 1 / Exponent) * (1 + Offset)) - new Vector<float>(Offset);
        Vector<int> onLine = Vector.LessThanOrEqual(size, new Vector<float>(EndOfLine / LineSlope));
        return Vector.CopySign(Vector.ConditionalSelect(onLine, size * LineSlope, curve), light);
    }

    /// <summary>Returns the derivative of linear light with respect to the encoded sample that <paramref name="light"/>
    /// was decoded from.</summary>
    internal static Vector<float> Slope(Vector<float> encoded, Vector<float> light)
    {
        Vector<float> size = Vector.Abs(encoded);
        Vector<float> curve = Vector.Abs(light) * Exponent / (size + new Vector<float>(Offset));
        Vector<int> onLine = Vector.LessThanOrEqual(size, new Vector<float>(EndOfLine));
        return Vector.ConditionalSelect(onLine, new Vector<float>(1 / LineSlope), curve);
    }

    /// <summary>Returns the weighted sum of the channels, which is the relative luminance of colors in linear
    /// light.</summary>
    internal static Vector<float> Luminance(ColorLanes light)
        => (light.Red * 0.2126f) + (light.Green * 0.7152f) + (light.Blue * 0.0722f);

    private static Vector<float> Power(Vector<float> value, float exponent)
        => Vector.Exp(Vector.Log(value) * exponent);
}
