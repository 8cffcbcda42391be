using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>An arched bridge across the river of <see cref="CityRiver"/>, running along z, with lamps.</summary>
internal static class StoneBridge
{
    private const float Left = 34f, Right = 46f, Span = 31f, Pier = 5f;

    /// <summary>Where the lamps of the bridge hang.</summary>
    public static IEnumerable<Vector3> Lamps
        => Enumerable.Range(0, 12).SelectMany(i => (Vector3[])
            [new(Left + 0.5f, Deck(-10f - (i * 15.5f)) + 5.4f, -10f - (i * 15.5f)),
                new(Right - 0.5f, Deck(-10f - (i * 15.5f)) + 5.4f, -10f - (i * 15.5f))]);

    public static CityBlocks.Hit? Find(Vector3 origin, Vector3 direction, float far)
    {
        float enter = (Left - origin.X) / direction.X, leave = (Right - origin.X) / direction.X;
        (enter, leave) = enter < leave ? (enter, leave) : (leave, enter);
        enter = Math.Max(enter, 0.01f);
        leave = Math.Min(leave, far);
        const int Steps = 40;
        float before = enter;
        for (int i = 0; i <= Steps && enter < leave; i++)
        {
            float t = enter + ((leave - enter) * i / Steps);
            if (IsStone(origin + (direction * t)))
            {
                return i == 0 ? Side(origin + (direction * t), t) : Inside(origin, direction, before, t);
            }

            before = t;
        }

        return null;
    }

    private static float Deck(float z) => 15f - (0.00042f * (z + 90f) * (z + 90f));

    private static bool IsStone(Vector3 p)
    {
        if (p.Z is > 3f or < -230f || p.Y > Deck(p.Z) + 1.1f)
        {
            return false;
        }

        bool inset = p.X is > Left + 0.5f and < Right - 0.5f;
        return p.Y > Deck(p.Z) ? !inset : !IsOpen(p.Y, p.Z);
    }

    private static bool IsOpen(float y, float z)
    {
        float along = ((z + 400f) % Span) - (Span / 2f), half = (Span - Pier) / 2f;
        float u = along / half, v = (y - 1.5f) / (Deck(z) - 4f);
        return MathF.Abs(u) < 1f && (v < 0f || (u * u) + (v * v) < 1f);
    }

    private static CityBlocks.Hit Side(Vector3 p, float t)
    {
        float along = ((p.Z + 400f) % Span) - (Span / 2f), half = (Span - Pier) / 2f;
        float v = Math.Max(0f, p.Y - 1.5f) / (Deck(p.Z) - 4f);
        float ring = MathF.Sqrt((along * along / half / half) + (v * v));
        int course = (int)MathF.Floor(p.Y / 0.8f);
        float block = Noise.Unit((int)MathF.Floor((p.Z / 1.7f) + (0.5f * course)), course, 41);
        float joint = Math.Min(MathF.Abs(((p.Y / 0.8f) - course) - 0.5f), 0.46f) > 0.44f ? 0.7f : 1f;
        float light = ring < 1.13f && p.Y > 1.5f ? 1.25f : 1f;
        bool cornice = MathF.Abs(p.Y - Deck(p.Z) + 0.2f) < 0.3f;
        Vector3 stone = Palette.Light(0xA08E78) * (0.6f + (0.45f * block)) * joint
            * (cornice ? 1.5f : light) * Noise.Step(-1f, 3f, p.Y);
        return new CityBlocks.Hit(t, -Vector3.UnitX, stone,
            stone * new Vector3(1.0f, 0.55f, 0.2f) * MathF.Exp((p.Y - Deck(p.Z)) / 5f));
    }

    private static CityBlocks.Hit Inside(Vector3 origin, Vector3 direction, float outside, float inside)
    {
        for (int i = 0; i < 7; i++)
        {
            float middle = (outside + inside) / 2f;
            (outside, inside) = IsStone(origin + (direction * middle)) ? (outside, middle) : (middle, inside);
        }

        Vector3 p = origin + (direction * inside);
        float grain = 0.7f + (0.4f * Noise.Fbm(p.X / 2f, p.Z / 2f, 3, 43));
        bool top = p.Y > Deck(p.Z) - 0.4f;
        return new CityBlocks.Hit(inside, top ? Vector3.UnitY : -Vector3.UnitY, Palette.Light(0x6A5E52) * grain,
            top ? new Vector3(0.4f, 0.22f, 0.09f) : new Vector3(0.050f, 0.034f, 0.030f) * grain);
    }
}
