using System.Numerics;

namespace Atelier.Color;

/// <summary>Red, green and blue of as many pixels as a vector has lanes.</summary>
internal readonly record struct ColorLanes(Vector<float> Red, Vector<float> Green, Vector<float> Blue)
{
    internal Vector<float> Least => Vector.Min(Vector.Min(Red, Green), Blue);

    internal Vector<float> Most => Vector.Max(Vector.Max(Red, Green), Blue);

    internal ColorLanes Decoded => new(Srgb.Decode(Red), Srgb.Decode(Green), Srgb.Decode(Blue));

    internal ColorLanes Encoded => new(Srgb.Encode(Red), Srgb.Encode(Green), Srgb.Encode(Blue));

    public static ColorLanes operator +(ColorLanes color, Vector<float> gray)
        => new(color.Red + gray, color.Green + gray, color.Blue + gray);

    public static ColorLanes operator *(ColorLanes color, Vector<float> factor)
        => new(color.Red * factor, color.Green * factor, color.Blue * factor);

    /// <summary>The samples held inside [0, 1], each by itself.</summary>
    internal ColorLanes Clamped() => new(
        Vector.Clamp(Red, Vector<float>.Zero, Vector<float>.One),
        Vector.Clamp(Green, Vector<float>.Zero, Vector<float>.One),
        Vector.Clamp(Blue, Vector<float>.Zero, Vector<float>.One));

    /// <summary>These colors where the mask is set, the others elsewhere.</summary>
    internal ColorLanes Where(Vector<int> mask, ColorLanes others) => new(
        Vector.ConditionalSelect(mask, Red, others.Red),
        Vector.ConditionalSelect(mask, Green, others.Green),
        Vector.ConditionalSelect(mask, Blue, others.Blue));

    /// <summary>The colors as a screen can show them: those outside [0, 1] lose saturation, at constant hue and
    /// luminance in linear light, until they are inside. Clipping each channel by itself would turn their hue and draw
    /// bands where one channel after the other reaches its end.</summary>
    internal ColorLanes InGamut()
    {
        (Vector<float> zero, Vector<float> one) = (Vector<float>.Zero, Vector<float>.One);
        Vector<int> outside = Vector.LessThan(Least, zero) | Vector.GreaterThan(Most, one);
        if (Vector.EqualsAll(outside, Vector<int>.Zero))
        {
            return this;
        }

        ColorLanes light = Decoded;
        Vector<float> gray = Vector.Clamp(Srgb.Luminance(light), zero, one);
        Vector<float> most = light.Most, least = light.Least;
        Vector<float> above = Vector.ConditionalSelect(
            Vector.GreaterThan(most, one), (one - gray) / (most - gray), one);
        Vector<float> below = Vector.ConditionalSelect(
            Vector.LessThan(least, zero), gray / (gray - least), one);
        Vector<float> saturation = Vector.Min(above, below);
        ColorLanes inside = (light * saturation) + (gray * (one - saturation));
        return inside.Clamped().Encoded.Clamped().Where(outside, this);
    }
}
