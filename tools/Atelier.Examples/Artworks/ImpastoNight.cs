using System.Numerics;

namespace Atelier.Examples.Artworks;

/// <summary>A night sky of thick swirling strokes: whirls of warm light in deep blue above dark
/// rolling water.</summary>
internal static class ImpastoNight
{
    private const int Width = 1024, Height = 896;

    private static readonly Palette Sky = new(
        0x0B1440, 0x12237A, 0x1B3FA6, 0x2E67C4, 0x123A86, 0x4F93CF, 0x1A2B7C, 0x86BBD8);
    private static readonly Palette Glow = new(0xFFF6CE, 0xFFE57A, 0xF9C22E, 0xE8932B, 0xA9B77B, 0x5FA8B8, 0x2A63B5);
    private static readonly Palette Water = new(0x06122E, 0x0C2A4F, 0x0E4A5E, 0x14304F, 0x1E6A6B, 0x23285E, 0x0A1C3A);

    // Place, reach and sense of turning of every whirl.
    private static readonly (Vector2 Center, float Reach, float Turn)[] Whirls =
    [
        (new(760, 190), 150, 1), (new(330, 300), 185, -1), (new(110, 110), 80, 1), (new(540, 95), 74, -1),
        (new(905, 430), 84, -1), (new(610, 420), 92, 1), (new(80, 470), 88, -1), (new(245, 60), 46, -1),
        (new(965, 60), 58, -1), (new(420, 520), 62, 1), (new(770, 540), 56, 1), (new(640, 270), 44, -1),
    ];

    public static Canvas Draw()
    {
        BrushEngine engine = new(Width, Height, Palette.Rgb(0x0E1A4A), seed: 11);
        Brush broad = new(34, 120) { Dryness = 0f };
        Brush middle = new(19, 90) { Thickness = 1.5f, Variety = 0.1f, Spacing = 0.75f };
        Brush small = new(11, 62) { Thickness = 2f, Variety = 0.13f, Spacing = 0.95f };
        foreach (Brush brush in (Brush[])[broad, middle, small])
        {
            engine.Layer(brush, place => Color(place), Direction);
        }

        engine.Layer(new Brush(7, 40) { Thickness = 2.4f, Variety = 0.12f, Spacing = 1.5f }, Accent, Direction);
        return engine.Lit(strength: 0.2f, gloss: 0.22f);
    }

    private static float Horizon(float x) => 640f + (34f * Noise.Gradient(x / 260f, 3.7f, 5))
        + (12f * MathF.Sin(x / 70f));

    private static float Direction(Vector2 place)
    {
        float wave = 26f * Noise.Gradient(place.X / 170f, place.Y / 120f, 21);
        if (place.Y > Horizon(place.X))
        {
            return 0.5f * MathF.Sin((place.X / 75f) + (place.Y / 32f) + (wave / 20f));
        }

        Vector2 flow = new(0.55f, 0.9f * Noise.Gradient(place.X / 230f, place.Y / 190f, 31));
        foreach ((Vector2 center, float reach, float turn) in Whirls)
        {
            Vector2 from = place - center;
            float distance = from.Length() + 1f;
            float pull = 2.6f * MathF.Exp(-distance * distance / (reach * reach * 0.9f));
            // A slight inward drift turns circles into spirals.
            Vector2 around = (new Vector2(-from.Y, from.X) * turn) - (from * 0.22f);
            flow += around / distance * pull;
        }

        return MathF.Atan2(flow.Y, flow.X);
    }

    private static Vector3 Color(Vector2 place)
    {
        float noise = Noise.Fbm(place.X / 150f, place.Y / 70f, 4, 41);
        float fine = Noise.Gradient(place.X / 26f, place.Y / 26f, 51);
        float horizon = Horizon(place.X);
        if (place.Y > horizon)
        {
            return WaterColor(place, (place.Y - horizon) / (Height - horizon), noise, fine);
        }

        Vector3 color = Sky.At(0.45f + (0.75f * noise) + (0.16f * fine));
        foreach ((Vector2 center, float reach, _) in Whirls)
        {
            Vector2 from = place - center;
            float distance = from.Length() / reach;
            float spiral = 0.07f * MathF.Sin((3f * MathF.Atan2(from.Y, from.X)) + (9f * distance));
            float ring = distance + spiral + (0.05f * fine);
            float inside = 1f - Noise.Step(0.75f, 1.12f, ring);
            color = Vector3.Lerp(color, Glow.At((ring * 1.05f) + (0.1f * MathF.Sin(ring * 26f))), inside);
        }

        float haze = Noise.Step(90f, 0f, horizon - place.Y);
        return Vector3.Lerp(color, Palette.Rgb(0x8FC3B8), haze * (0.5f + (0.4f * fine)));
    }

    private static Vector3 WaterColor(Vector2 place, float depth, float noise, float fine)
    {
        Vector3 color = Water.At(0.5f + (0.7f * noise) + (0.25f * fine));
        foreach ((Vector2 center, float reach, _) in Whirls)
        {
            // Lights smear downwards and widen.
            float offset = MathF.Abs(place.X - center.X + (18f * fine)) / (reach * (0.3f + (0.35f * depth)));
            float ripple = Noise.Step(-0.25f, 0.35f, MathF.Sin(place.Y / 7f) + fine);
            float streak = MathF.Exp(-offset * offset) * (1f - (0.75f * depth)) * ripple;
            color = Vector3.Lerp(color, Glow.At(0.25f + (0.5f * depth)), streak * 0.85f * Math.Min(1f, reach / 110f));
        }

        return color;
    }

    private static Vector3? Accent(Vector2 place)
    {
        float chance = Noise.Unit((int)place.X, (int)place.Y, 61);
        Vector3 color = Color(place);
        return chance < 0.45f ? Vector3.Clamp((color * 1.28f) + new Vector3(0.04f), Vector3.Zero, Vector3.One)
            : chance < 0.6f ? color * 0.68f : null;
    }
}
