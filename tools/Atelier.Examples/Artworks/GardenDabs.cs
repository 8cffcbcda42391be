using System.Numerics;

namespace Atelier.Examples.Artworks;

/// <summary>A flowering garden by a pond, in dabs of pure color that blend only in the eye.</summary>
internal static class GardenDabs
{
    private const int Width = 1024, Height = 816;

    private static readonly Palette Sky = new(0xF7D9A8, 0xF3B9A0, 0xBFC9E8, 0x8FB8E6);
    private static readonly Palette Foliage = new(0x1F5B45, 0x3F8A46, 0x86B53C, 0xD3CF4A, 0x2C4F86);
    private static readonly Palette Pond = new(0x3E74B8, 0x77A9D6, 0x5B5FA8, 0x9CCFC8, 0xE8B7B0);
    private static readonly Palette Meadow = new(0x5E9A3A, 0xA9C244, 0xE5D65A, 0x3B8058);
    private static readonly Palette Blossoms = new(0xE8476A, 0xF58A3A, 0xFBE36A, 0xC05BC0, 0xFFF2E0, 0xD92B3C);

    public static Canvas Draw()
    {
        BrushEngine engine = new(Width, Height, Palette.Rgb(0xEADFC4), seed: 14);
        engine.Layer(new Brush(26, 34) { Dryness = 0f, Variety = 0.05f }, place => Motif(place), Direction);
        engine.Layer(new Brush(12, 13) { Thickness = 1.4f, Spacing = 0.72f }, place => Split(place, 1), Direction);
        engine.Layer(new Brush(9, 10) { Thickness = 1.8f, Spacing = 0.86f }, place => Split(place, 2), Direction);
        engine.Layer(new Brush(6, 7) { Thickness = 2f, Spacing = 1.5f }, place => Split(place, 3), Direction);
        return engine.Lit(strength: 0.16f, gloss: 0.12f);
    }

    private static float Direction(Vector2 place) => 2.2f * Noise.Gradient(place.X / 60f, place.Y / 60f, 3);

    /// <summary>The motif's color taken apart: most dabs lean warm or cool, some are its complement.</summary>
    private static Vector3? Split(Vector2 place, int layer)
    {
        float chance = Noise.Unit((int)place.X, (int)place.Y, 70 + layer);
        Vector3 color = Palette.Saturate(Motif(place), 1.3f);
        Vector3 changed = chance switch
        {
            < 0.3f => color * new Vector3(1.18f, 1.04f, 0.78f),
            < 0.6f => color * new Vector3(0.8f, 0.96f, 1.25f),
            < 0.72f => (color * 0.55f) + new Vector3(0.5f, 0.46f, 0.36f),
            < 0.77f => Palette.Saturate(Vector3.Lerp(color, Vector3.One - color, 0.4f), 2.5f),
            _ => color,
        };
        return Vector3.Clamp(changed, Vector3.Zero, Vector3.One);
    }

    private static Vector3 Motif(Vector2 place)
    {
        float fine = Noise.Gradient(place.X / 22f, place.Y / 22f, 11),
            broad = Noise.Fbm(place.X / 130f, place.Y / 90f, 3, 12);
        float far = 330f + (26f * Noise.Gradient(place.X / 150f, 0f, 13)),
            bank = 575f - (0.12f * place.X) + (34f * Noise.Gradient(place.X / 170f, 1f, 14));
        if (Crown(place) is float shade)
        {
            return Foliage.At(0.42f - (0.5f * shade) + (0.3f * fine));
        }

        if (Trunk(place))
        {
            return Vector3.Lerp(Palette.Rgb(0x4B3566), Palette.Rgb(0xB06A4A), 0.5f + (0.6f * fine));
        }

        if (place.Y > bank)
        {
            float flower = Noise.Gradient(place.X / 34f, place.Y / 24f, 15);
            return flower > 0.22f ? Blossoms.Pick(Noise.Unit((int)(place.X / 40f), (int)(place.Y / 28f), 16))
                : Meadow.At(0.45f + broad + (0.35f * fine));
        }

        if (place.Y > far)
        {
            // The pond mirrors the bushes at its far side and the sky below them.
            float mirrored = Noise.Step(far + 70f, far + 130f, place.Y + (14f * fine));
            Vector3 water = Pond.At(0.45f + (0.7f * Noise.Fbm(place.X / 160f, place.Y / 16f, 3, 17)) + (0.2f * fine));
            return Vector3.Lerp(Foliage.At(0.25f + (0.3f * fine)) * 0.85f, water, mirrored);
        }

        float bushes = far - 70f - (45f * Noise.Fbm(place.X / 70f, 3f, 3, 18));
        return place.Y > bushes ? Foliage.At(0.45f + (0.6f * broad) + (0.3f * fine))
            : Sky.At(1f - (place.Y / 300f) + (0.5f * broad));
    }

    private static readonly Vector3[] Crowns =
        [new(150, 190, 150), new(270, 120, 110), new(60, 90, 110), new(860, 160, 120), new(950, 240, 110),
            new(770, 235, 80), new(205, 300, 85)];

    /// <summary>Light (negative) to shadow (positive) within the crown of a tree, or null outside.</summary>
    private static float? Crown(Vector2 place)
    {
        float ragged = 26f * Noise.Fbm(place.X / 30f, place.Y / 30f, 3, 19);
        float? shade = null;
        foreach (Vector3 crown in Crowns)
        {
            Vector2 from = place - new Vector2(crown.X, crown.Y);
            if (from.Length() < crown.Z + ragged)
            {
                shade = Math.Min(shade ?? 1f, (from.Y - (0.6f * from.X)) / crown.Z);
            }
        }

        return shade;
    }

    private static bool Trunk(Vector2 place)
        => (MathF.Abs(place.X - 165f - (0.04f * (place.Y - 300f))) < 22f && place.Y is > 250f and < 640f)
        || (MathF.Abs(place.X - 880f) < 16f && place.Y is > 230f and < 510f);
}
