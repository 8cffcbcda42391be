using System.Numerics;

namespace Atelier.Color;

/// <summary>The red, green and blue samples of one vector of pixels.</summary>
internal readonly record struct ColorLanes(Vector<float> Red, Vector<float> Green, Vector<float> Blue)
{
    internal Vector<float> Min => Vector.Min(Vector.Min(Red, Green), Blue);

    internal Vector<float> Max => Vector.Max(Vector.Max(Red, Green), Blue);

    internal ColorLanes Decoded => new(Srgb.Decode(Red), Srgb.Decode(Green), Srgb.Decode(Blue));

    internal ColorLanes Encoded => new(Srgb.Encode(Red), Srgb.Encode(Green), Srgb.Encode(Blue));

    public static ColorLanes operator +(ColorLanes color, Vector<float> gray)
        => new(color.Red + gray, color.Green + gray, color.Blue + gray);

    public static ColorLanes operator *(ColorLanes color, Vector<float> factor)
        => new(color.Red * factor, color.Green * factor, color.Blue * factor);

    /// <summary>The samples, each clamped to [0, 1].</summary>
    internal ColorLanes Clamped() => new(
        Vector.Clamp(Red, Vector<float>.Zero, Vector<float>.One),
        Vector.Clamp(Green, Vector<float>.Zero, Vector<float>.One),
        Vector.Clamp(Blue, Vector<float>.Zero, Vector<float>.One));

    /// <summary>Selects these colors where the mask is set, and the other colors elsewhere.</summary>
    internal ColorLanes Where(Vector<int> mask, ColorLanes others) => new(
        Vector.ConditionalSelect(mask, Red, others.Red),
        Vector.ConditionalSelect(mask, Green, others.Green),
        Vector.ConditionalSelect(mask, Blue, others.Blue));

    /// <summary>Maps the colors into the displayable gamut: colors outside [0, 1] are desaturated, at constant hue and
    /// luminance in linear light, until they fit. Clipping each channel separately would shift their hue and cause
    /// banding.</summary>
    internal ColorLanes InGamut()
    {
        (Vector<float> zero, Vector<float> one) = (Vector<float>.Zero, Vector<float>.One);
        Vector<int> outside = Vector.LessThan(Min, zero) | Vector.GreaterThan(Max, one);
        if (Vector.EqualsAll(outside, Vector<int>.Zero))
        {
            return this;
        }

        ColorLanes light = Decoded;
        Vector<float> gray = Vector.Clamp(Srgb.Luminance(light), zero, one);
        Vector<float> most = light.Max, least = light.Min;
        Vector<float> above = Vector.ConditionalSelect(
            Vector.GreaterThan(most, one), (one - gray) / (most - gray), one);
        Vector<float> below = Vector.ConditionalSelect(
            Vector.LessThan(least, zero), gray / (gray - least), one);
        Vector<float> saturation = Vector.Min(above, below);
        ColorLanes inside = (light * saturation) + (gray * (one - saturation));
        return inside.Clamped().Encoded.Clamped().Where(outside, this);
    }
}
