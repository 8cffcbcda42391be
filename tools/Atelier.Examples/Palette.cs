using System.Numerics;

namespace Atelier.Examples;

/// <summary>A row of colors that can be asked for any place between its ends.</summary>
internal sealed class Palette(params uint[] colors)
{
    private readonly Vector3[] _colors = [.. colors.Select(Rgb)];

    /// <summary>The color at <paramref name="t"/> in [0, 1], blended from its two neighbors.</summary>
    public Vector3 At(float t)
    {
        float place = Math.Clamp(t, 0f, 1f) * (_colors.Length - 1);
        int below = Math.Min((int)place, _colors.Length - 2);
        return Vector3.Lerp(_colors[below], _colors[below + 1], place - below);
    }

    /// <summary>One of the colors, unblended; <paramref name="t"/> in [0, 1).</summary>
    public Vector3 Pick(float t) => _colors[Math.Clamp((int)(t * _colors.Length), 0, _colors.Length - 1)];

    /// <summary>0xRRGGBB as display values in [0, 1].</summary>
    public static Vector3 Rgb(uint color)
        => new Vector3((color >> 16) & 0xFF, (color >> 8) & 0xFF, color & 0xFF) / 255f;

    /// <summary>0xRRGGBB as linear light in [0, 1].</summary>
    public static Vector3 Light(uint color)
    {
        Vector3 display = Rgb(color);
        return new Vector3(MathF.Pow(display.X, 2.2f), MathF.Pow(display.Y, 2.2f), MathF.Pow(display.Z, 2.2f));
    }

    /// <summary>Perceived brightness of a color.</summary>
    public static float Luma(Vector3 color) => Vector3.Dot(color, new Vector3(0.2126f, 0.7152f, 0.0722f));

    /// <summary>Moves a color away from gray (above 1) or towards it (below 1).</summary>
    public static Vector3 Saturate(Vector3 color, float amount)
        => Vector3.Lerp(new Vector3(Luma(color)), color, amount);
}
