using System.Collections.Immutable;
using Atelier.Imaging;

namespace Atelier.Inspection;

/// <summary>A color map: interpolates between equally spaced colors.</summary>
internal sealed class ColorMap
{
    private readonly ImmutableArray<Ink> _colors;

    /// <param name="colors">Colors as 0xRRGGBB.</param>
    private ColorMap(params ReadOnlySpan<int> colors)
    {
        ImmutableArray<Ink>.Builder inks = ImmutableArray.CreateBuilder<Ink>(colors.Length);
        foreach (int color in colors)
            inks.Add(new Ink((color >> 16) / 255f, ((color >> 8) & 0xFF) / 255f, (color & 0xFF) / 255f));
        _colors = inks.MoveToImmutable();
    }

    /// <summary>From dark violet through green to yellow, perceptually uniform: nine points of viridis (Smith and van
    /// der Walt 2015).</summary>
    internal static ColorMap Rising { get; } = new(
        0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725);

    /// <summary>From blue through white, exactly in the middle, to red; symmetric in lightness.</summary>
    internal static ColorMap Diverging { get; } = new(
        0x0B3C7A, 0x2F74B5, 0x6BA8D4, 0xB5D6EA, 0xFFFFFF, 0xF9C7AC, 0xE58A6C, 0xC4453F, 0x7A0B23);

    /// <summary>Returns the color at a position from 0 to 1, clamped at the ends.</summary>
    internal Ink At(double place)
    {
        double position = Math.Clamp(place, 0, 1) * (_colors.Length - 1);
        int index = Math.Min((int)position, _colors.Length - 2);
        return Ink.Mix(_colors[index], _colors[index + 1], (float)(position - index));
    }
}
