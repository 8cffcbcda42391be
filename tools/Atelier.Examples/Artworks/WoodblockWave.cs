using System.Numerics;

namespace Atelier.Examples.Artworks;

/// <summary>Rows of breaking waves in flat indigo and cream, printed with carved outlines on fibrous paper.</summary>
internal static class WoodblockWave
{
    private const int Width = 1024, Height = 832;

    private static readonly Vector3 Ink = Palette.Rgb(0x14233F), Cream = Palette.Rgb(0xF2E6CB),
        Red = Palette.Rgb(0xC94A33);
    private static readonly Palette Blues = new(0x1E3A68, 0x2F5C8C, 0x5E8FAE, 0xA9C4C4);

    // A breaking wave one unit wide: its back, the curl of its crest, and the hollow below.
    private static readonly Vector2[] Profile =
    [
        new(-0.75f, 0f), new(-0.45f, 0.16f), new(-0.2f, 0.44f), new(0f, 0.74f), new(0.2f, 0.94f), new(0.44f, 1f),
        new(0.65f, 0.9f), new(0.76f, 0.72f), new(0.74f, 0.6f), new(0.62f, 0.68f), new(0.47f, 0.68f),
        new(0.36f, 0.54f), new(0.34f, 0.36f),
        new(0.42f, 0.18f), new(0.6f, 0.06f), new(0.9f, 0f),
    ];

    public static Canvas Draw()
    {
        Canvas print = Canvas.Paint(Width, Height, Sky);
        Random random = new(8);
        for (int row = 0; row < 8; row++)
        {
            float depth = row / 7f, size = 105f + (depth * depth * 235f);
            float spacing = size * 1.08f, shift = spacing * ((row % 2 * 0.5f) + (0.2f * random.NextSingle()) + 0.2f);
            for (float x = shift - spacing; x < Width + spacing; x += spacing * (0.85f + (0.3f * random.NextSingle())))
            {
                float tall = size * (0.8f + (0.45f * random.NextSingle()));
                Vector2 foot = new(x, 345f + (row * 54f) + (depth * depth * 150f)
                    + (0.06f * size * random.NextSingle()));
                Wave(print, foot, size, tall, random);
            }
        }

        return OnPaper(print);
    }

    private static Vector3 Sky(int x, int y)
    {
        // The printer wipes the block, so that the color fades: dark at the top, rosy at the horizon.
        float uneven = 0.08f * Noise.Fbm(x / 130f, y / 50f, 3, 3);
        Vector3 color = Vector3.Lerp(Palette.Rgb(0x37628C), Palette.Rgb(0xE9DDC0),
            Noise.Step(-0.05f, 0.25f, (y / (float)Height) + uneven));
        color = Vector3.Lerp(color, Palette.Rgb(0xE2A582), Noise.Step(0.26f, 0.52f, (y / (float)Height) + uneven));
        float sun = Vector2.Distance(new Vector2(x, y), new Vector2(742, 186));
        color = Vector3.Lerp(color, Red, Noise.Step(88.5f, 87f, sun));
        for (int i = 0; i < 5; i++)
        {
            color = Cloud(color, x, y, i);
        }

        return color;
    }

    /// <summary>A band of mist with round ends and a carved outline.</summary>
    private static Vector3 Cloud(Vector3 under, int x, int y, int index)
    {
        float left = (index * 233f % 900f) - 130f, length = 230f + (60f * (index % 3)), top = 70f + (index * 53f);
        float distance = float.MaxValue;
        for (int bar = 0; bar < 3; bar++)
        {
            float start = left + (46f * ((bar + index) % 3)), end = start + length - (52f * bar);
            float dx = x - Math.Clamp(x, start, end), dy = y - top - (19f * bar);
            distance = Math.Min(distance, MathF.Sqrt((dx * dx) + (dy * dy)) - 12f);
        }

        Vector3 fill = Vector3.Lerp(Cream, under, 0.25f * Noise.Step(-2f, -10f, distance));
        Vector3 inside = Vector3.Lerp(under, fill, Noise.Step(0.7f, -0.7f, distance));
        return Vector3.Lerp(inside, Ink, 0.8f * Noise.Step(1.6f, 0.6f, MathF.Abs(distance)));
    }

    private static void Wave(Canvas print, Vector2 foot, float size, float tall, Random random)
    {
        Vector2[] outline = Smooth([.. Profile.Select(point => foot + new Vector2(point.X * size, -point.Y * tall))]);
        int left = (int)(foot.X - size), top = (int)(foot.Y - (tall * 1.1f)), width = (int)(2.1f * size),
            height = (int)(tall * 1.1f) + 420;
        bool[] inside = Fill(outline, foot.Y, left, top, width, height);
        float[] depth = DistanceField.To(width, height, (x, y) => !inside[(y * width) + x]);
        float[] reach = DistanceField.To(width, height, (x, y) => inside[(y * width) + x]);
        float unit = size / 340f;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float d = depth[(y * width) + x] - reach[(y * width) + x] + 0.5f;
                float wobble = 3f * Noise.Fbm((left + x) / 26f, (top + y) / 26f, 2, 19);
                float fade = Noise.Step(foot.Y + (0.2f * tall), foot.Y - (0.45f * tall), top + y);
                Vector3 color = Band((d + (wobble * unit)) / unit, fade);
                print.Blend(left + x, top + y, color, Math.Clamp(d + 0.5f, 0f, 1f));
            }
        }

        Foam(print, outline, unit, random);
    }

    /// <summary>Color of a wave at a depth below its edge: outline, foam, then stripes of
    /// indigo that follow it.</summary>
    private static Vector3 Band(float d, float fade)
    {
        if (d < 3.4f)
        {
            return Ink;
        }

        float stripe = (d - 21f) / 25f, within = stripe - MathF.Floor(stripe);
        Vector3 blue = stripe < 0f ? Cream
            : within < 0.13f ? Ink
            : within < 0.3f ? Blues.Pick(0.8f)
            : Vector3.Lerp(Blues.At(Math.Clamp(0.55f - (0.2f * stripe), 0f, 1f)), Blues.At(0.1f), within);
        bool light = stripe >= 0f && within is >= 0.13f and < 0.3f;
        return light ? Vector3.Lerp(blue, Blues.At(0.45f), 1f - fade) : blue;
    }

    private static Vector2[] Smooth(Vector2[] points)
    {
        List<Vector2> smooth = [];
        for (int i = 0; i + 1 < points.Length; i++)
        {
            Vector2 before = points[Math.Max(i - 1, 0)], after = points[Math.Min(i + 2, points.Length - 1)];
            for (int k = 0; k < 14; k++)
            {
                float t = k / 14f, t2 = t * t, t3 = t2 * t;
                smooth.Add(0.5f * ((2f * points[i]) + ((points[i + 1] - before) * t)
                    + (((2f * before) - (5f * points[i]) + (4f * points[i + 1]) - after) * t2)
                    + (((3f * points[i]) - before - (3f * points[i + 1]) + after) * t3)));
            }
        }

        return [.. smooth];
    }

    /// <summary>The area below an outline, down to the lower end of a box.</summary>
    private static bool[] Fill(Vector2[] outline, float floor, int left, int top, int width, int height)
    {
        bool[] inside = new bool[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Vector2 place = new(left + x, Math.Min(top + y, floor - 0.5f));
                bool odd = false;
                for (int i = 0, j = outline.Length - 1; i < outline.Length; j = i++)
                {
                    Vector2 a = outline[i], b = outline[j];
                    odd ^= (a.Y > place.Y) != (b.Y > place.Y)
                        && place.X < ((b.X - a.X) * (place.Y - a.Y) / (b.Y - a.Y)) + a.X;
                }

                inside[(y * width) + x] = odd;
            }
        }

        return inside;
    }

    /// <summary>Claws of foam along the crest, and spray thrown ahead of it.</summary>
    private static void Foam(Canvas print, Vector2[] outline, float unit, Random random)
    {
        for (int i = 44; i < 150; i += 4)
        {
            Vector2 place = outline[i], along = Vector2.Normalize(outline[i + 1] - outline[i]);
            Vector2 outward = new(along.Y, -along.X);
            float strength = MathF.Sin((i - 40) / 114f * MathF.PI);
            Claw(print, place - (outward * 6f * unit), outward + (along * 1.1f),
                (15f + (27f * strength)) * unit * (0.7f + (0.6f * random.NextSingle())), unit);
            if (random.NextSingle() < 0.75f * strength)
            {
                Vector2 drop = place + ((outward + (along * random.NextSingle())) * unit
                    * (40f + (60f * random.NextSingle())));
                float radius = (1.5f + (3.5f * random.NextSingle())) * MathF.Max(unit, 0.4f);
                print.Dot(drop, radius + 1f, Ink, 0.8f);
                print.Dot(drop, radius, Cream);
            }
        }
    }

    private static void Claw(Canvas print, Vector2 root, Vector2 toward, float length, float unit)
    {
        float start = MathF.Atan2(toward.Y, toward.X);
        Vector2[] spine = new Vector2[10];
        spine[0] = root;
        for (int i = 1; i < spine.Length; i++)
        {
            // Claws bend downwards like fingers.
            float angle = start + (1.5f * i / spine.Length);
            spine[i] = spine[i - 1] + (new Vector2(MathF.Cos(angle), MathF.Sin(angle)) * length / 9f);
        }

        foreach ((float rim, Vector3 color) in (ReadOnlySpan<(float, Vector3)>)[(2f, Ink), (0f, Cream)])
        {
            for (int i = 0; i + 1 < spine.Length; i++)
            {
                float wide = 15f * unit * (1f - (i / 9.5f)), next = 15f * unit * (1f - ((i + 1) / 9.5f));
                print.Line(spine[i], spine[i + 1], wide + (2f * rim * MathF.Max(unit, 0.5f)),
                    next + (2f * rim * MathF.Max(unit, 0.5f)), color);
            }
        }
    }

    private static Canvas OnPaper(Canvas print) => Canvas.Paint(Width, Height, (x, y) =>
    {
        float fiber = Noise.Fbm(x / 40f, y / 3f, 3, 51) + Noise.Fbm(x / 4f, y / 30f, 3, 52);
        float wood = MathF.Sin((y / 3.2f) + (9f * Noise.Fbm(x / 300f, y / 60f, 3, 53)));
        float speck = Noise.Step(0.35f, 0.75f, Noise.Fbm(x / 5f, y / 5f, 3, 54));
        Vector3 color = print[x, y];
        float inked = 1f - Palette.Luma(color);
        color = Vector3.Lerp(color, Cream, inked * ((0.17f * speck) + (0.05f * wood) + 0.04f));
        float edge = Math.Min(Math.Min(x, Width - 1 - x), Math.Min(y, Height - 1 - y));
        return Vector3.Lerp(Cream, color, Noise.Step(13f, 16f, edge + (2f * fiber)))
            * (1f + (0.055f * fiber) + (0.012f * wood));
    });
}
