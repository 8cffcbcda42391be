using System.Numerics;

namespace Atelier.Examples.Artworks;

/// <summary>A church window: sun, hills, river and blossoms of hand-made glass between bars of lead.</summary>
internal static class StainedGlass
{
    private const int Width = 960, Height = 1024;

    private static readonly Palette Sun = new(0xFFF3A8, 0xFFD94A, 0xFFB81F, 0xFF8A1E);
    private static readonly Palette Sky = new(0x0B2FA8, 0x1652D0, 0x2C8BE8, 0x0F3FB0, 0x5AB9F0, 0x3A2AA6);
    private static readonly Palette Rays = new(0xFFB43A, 0xF0622A, 0xE83A5A, 0x9A3FC0, 0xFFD772);
    private static readonly Palette Hills = new(0x0C6B3A, 0x2FA046, 0x8CC63A, 0x0A5560, 0x1E8F7A, 0xC9D83A);
    private static readonly Palette River = new(0x12B5C9, 0x0A6FB8, 0x7FE3E0, 0x1A3FA0);
    private static readonly Palette Petals = new(0xD4122F, 0xF0334A, 0xFF7A8A, 0xA30F5A, 0xF25A1E);

    // Center and radius of every blossom.
    private static readonly Vector3[] Flowers =
        [new(170, 800, 120), new(430, 905, 92), new(770, 845, 130), new(610, 985, 78), new(60, 985, 80),
            new(915, 1000, 74)];

    private enum Part { Sky, Sun, Rays, FarHill, NearHill, River, Petal, Heart }

    public static Canvas Draw()
    {
        int[] labels = new int[Width * Height];
        Parallel.For(0, labels.Length, i => labels[i] = Label(i % Width, i / Width));
        float[] toLead = DistanceField.ToBorders(labels, Width, Height);
        float Edge(int x, int y) => toLead[(Math.Clamp(y, 0, Height - 1) * Width) + Math.Clamp(x, 0, Width - 1)];
        Canvas glass = Canvas.Paint(Width, Height, (x, y) => Glass(x, y, labels[(y * Width) + x], Edge(x, y)));
        Canvas glow = glass.Blurred(14f);
        return Canvas.Paint(Width, Height, (x, y) =>
        {
            float half = 4.6f + (1.5f * Noise.Gradient(x / 60f, y / 60f, 4));
            float lead = Noise.Step(half + 0.8f, half - 0.8f, Edge(x, y));
            Vector3 lit = glass[x, y] + (glow[x, y] * 0.16f);
            return Vector3.Lerp(lit, Lead(x, y, Edge, half) + (glow[x, y] * 0.10f), lead);
        });
    }

    private static Part PartAt(float x, float y)
    {
        foreach (Vector3 flower in Flowers)
        {
            float distance = Vector2.Distance(new Vector2(x, y), new Vector2(flower.X, flower.Y)) / flower.Z;
            float petal = 0.78f + (0.22f * MathF.Cos(7f * MathF.Atan2(y - flower.Y, x - flower.X)));
            if (distance < 0.3f)
            {
                return Part.Heart;
            }

            if (distance < petal)
            {
                return Part.Petal;
            }
        }

        float sun = Vector2.Distance(new Vector2(x, y), new Vector2(620, 290));
        float far = 560f + (70f * MathF.Sin((x / 150f) + 1f)), near = 700f + (80f * MathF.Sin((x / 190f) + 3.6f));
        float bank = 480f + (150f * MathF.Sin(y / 95f)), reach = 30f + (0.45f * (y - 560f));
        return y > far && MathF.Abs(x - bank) < reach ? Part.River
            : y > near ? Part.NearHill
            : y > far ? Part.FarHill
            : sun < 128f ? Part.Sun
            : sun < 250f ? Part.Rays : Part.Sky;
    }

    /// <summary>Which piece of glass a place belongs to: part of the motif and cell within it.</summary>
    private static int Label(float x, float y)
    {
        Part part = PartAt(x, y);
        if (part is Part.Rays)
        {
            float angle = MathF.Atan2(y - 290f, x - 620f) / MathF.Tau;
            return ((int)part << 24) | (int)((angle + 1f) * 22f);
        }

        if (part is Part.Heart)
        {
            return (int)part << 24;
        }

        if (part is Part.Petal)
        {
            Vector3 flower = Flowers.MinBy(near => Vector2.Distance(
                new Vector2(x, y), new Vector2(near.X, near.Y)) / near.Z);
            float angle = MathF.Atan2(y - flower.Y, x - flower.X) / MathF.Tau;
            return ((int)part << 24) | ((int)flower.X << 4) | ((int)((angle * 7f) + 7.5f) % 7);
        }

        // The far sky is cut in rings around the sun, the ground in long pieces, so that leading follows the motif.
        Vector2 place = part is Part.Sky
            ? new Vector2(Vector2.Distance(new Vector2(x, y), new Vector2(620, 290)) / 78f,
                MathF.Atan2(y - 290f, x - 620f) * 4.4f)
            : part is Part.Sun ? new Vector2(x / 58f, y / 58f) : new Vector2(x / 84f, y / 44f);
        return ((int)part << 24) | NearestCell(place, (int)part);
    }

    private static int NearestCell(Vector2 place, int seed)
    {
        int ix = (int)MathF.Floor(place.X), iy = (int)MathF.Floor(place.Y), nearest = 0;
        float best = float.MaxValue;
        for (int y = iy - 1; y <= iy + 1; y++)
        {
            for (int x = ix - 1; x <= ix + 1; x++)
            {
                Vector2 site = new(x + 0.1f + (0.8f * Noise.Unit(x, y, seed)),
                    y + 0.1f + (0.8f * Noise.Unit(x, y, seed + 40)));
                float distance = Vector2.DistanceSquared(site, place);
                if (distance < best)
                {
                    (best, nearest) = (distance, ((x & 0xFFF) << 12) | (y & 0xFFF));
                }
            }
        }

        return nearest;
    }

    private static Vector3 Glass(int x, int y, int label, float edge)
    {
        Palette palette = (Part)(label >> 24) switch
        {
            Part.Sky => Sky,
            Part.Sun or Part.Heart => Sun,
            Part.Rays => Rays,
            Part.River => River,
            Part.Petal => Petals,
            _ => Hills,
        };
        float pick = Noise.Unit(label, 0, 91), turn = Noise.Unit(label, 1, 91) * MathF.Tau;
        (float sin, float cos) = MathF.SinCos(turn);
        // Drawn glass has streaks along one direction, waves, and seeds (small bubbles).
        float u = (x * cos) + (y * sin), v = (y * cos) - (x * sin);
        float streak = Noise.Fbm(u / 75f, v / 9f, 4, label & 0xFFFF), wave = Noise.Fbm(x / 30f, y / 30f, 3, 17);
        float bubble = Noise.Step(0.62f, 0.8f, Noise.Gradient(u / 9f, v / 5f, 23)) * 0.22f;
        float ripple = Noise.Gradient((x / 7f) + (2f * wave), y / 7f, 29) * 0.07f;
        Vector3 color = Vector3.Lerp(palette.Pick(pick), palette.At(pick + (0.22f * streak)), 0.7f);
        float light = 0.94f + (0.34f * streak) + (0.22f * wave) + bubble + ripple - (0.3f * MathF.Exp(-edge / 9f));
        light += 0.16f * Noise.Step(6f, 40f, edge);
        Vector3 lit = color * light;
        // The brightest glass bleaches towards white.
        return lit + (Vector3.Max(lit - new Vector3(0.85f), Vector3.Zero).Length() * new Vector3(0.35f));
    }

    private static Vector3 Lead(int x, int y, Func<int, int, float> edge, float half)
    {
        Vector2 slope = new(edge(x + 2, y) - edge(x - 2, y), edge(x, y + 2) - edge(x, y - 2));
        float round = Math.Clamp(edge(x, y) / half, 0f, 1f);
        float light = Math.Max(0f, Vector2.Dot(slope, new Vector2(-0.5f, -0.6f))) * round * 0.2f;
        float dull = 0.085f + (0.05f * Noise.Fbm(x / 6f, y / 6f, 3, 37)) + (0.06f * (1f - round));
        return new Vector3(0.92f, 0.96f, 1.05f) * (dull + light);
    }
}
