using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>The near shore of <see cref="MountainLake"/>: boulders, grass with flowers and tall firs.</summary>
internal static class LakeMeadow
{
    private static readonly Vector3[] Flowers =
        [Palette.Light(0xF4E04D), Palette.Light(0xF5F1E6), Palette.Light(0xB565C9), Palette.Light(0xE8503A)];

    // Place along the bank and size, in pixels.
    private static readonly (float X, float Radius)[] Boulders =
        [(330f, 24f), (392f, 15f), (612f, 18f), (655f, 30f), (735f, 17f), (480f, 12f)];

    public static void Draw(Canvas canvas)
    {
        Random random = new(5);
        Fir(canvas, 968f, 690f, 470f, 31);
        Fir(canvas, 884f, 660f, 300f, 32);
        Fir(canvas, 30f, 700f, 590f, 33);
        Fir(canvas, 128f, 690f, 420f, 34);
        Fir(canvas, 196f, 664f, 215f, 35);
        foreach ((float x, float radius) in Boulders)
        {
            Boulder(canvas, new Vector2(x, Bank(x) + 6f), radius, random.Next());
        }

        Grass(canvas, random);
    }

    private static float Bank(float x)
    {
        float t = (x / 512f) - 1f;
        return 722f - (70f * t * t) + (9f * Noise.Gradient(x / 60f, 0.3f, 7)) + (4f * Noise.Gradient(x / 17f, 0.7f, 8));
    }

    private static void Fir(Canvas canvas, float x, float y, float height, int seed)
        => Conifer.Draw(canvas, new Vector2(x, y), height, Palette.Light(0x56663A) * 1.7f, color => color, seed);

    private static void Boulder(Canvas canvas, Vector2 center, float radius, int seed)
    {
        for (float y = -radius; y <= radius * 0.6f; y++)
        {
            for (float x = -radius * 1.4f; x <= radius * 1.4f; x++)
            {
                float dent = 0.28f * Noise.Fbm((x / radius) + 9f, y / radius, 4, seed & 0xFFFF);
                float u = x / (1.35f * radius), v = y / radius, rim = 1f - ((u * u) + (v * v)) - dent;
                float z = MathF.Sqrt(Math.Max(rim, 0f));
                float grain = Noise.Fbm(x / 5f, y / 5f, 4, 12);
                float sun = Math.Max(0f, (-0.72f * (u + dent)) - (0.55f * (v + dent)) + (0.2f * z) + (0.3f * grain));
                Vector3 color = Palette.Light(0x8C857B) * ((new Vector3(3f, 2.4f, 1.7f) * sun)
                    + new Vector3(0.2f, 0.25f, 0.34f));
                canvas.Blend((int)(center.X + x), (int)(center.Y + y), color * (0.85f + (0.5f * grain)), rim * 14f);
            }
        }
    }

    private static void Grass(Canvas canvas, Random random)
    {
        for (int x = 0; x < canvas.Width; x++)
        {
            for (int y = Math.Max(0, (int)Bank(x)); y < canvas.Height; y++)
            {
                canvas[x, y] = Palette.Light(0x27331A) * 0.5f;
            }
        }

        for (float row = -72f; row < 70f; row += 0.8f)
        {
            for (int i = 0; i < 210; i++)
            {
                float x = random.NextSingle() * canvas.Width, y = Bank(x) + row + 74f;
                float near = Math.Clamp((y - 640f) / 130f, 0.2f, 1f), tall = (7f + (17f * random.NextSingle())) * near;
                float patch = 0.5f + Noise.Fbm(x / 90f, y / 30f, 3, 14);
                Vector3 tint = Vector3.Lerp(Palette.Light(0x55702B), Palette.Light(0xB7A94E),
                    patch + (0.3f * random.NextSingle()));
                Vector3 color = tint * (0.25f + (1.5f * random.NextSingle() * random.NextSingle()));
                Vector2 foot = new(x, y), tip = foot + new Vector2((random.NextSingle() - 0.35f) * tall * 0.7f, -tall);
                canvas.Line(foot, tip, 1.6f * near, 0.5f, color, 0.9f);
                if (random.NextSingle() < 0.009f * Noise.Step(0.35f, 0.8f, patch))
                {
                    canvas.Dot(tip, 1.1f + (1.3f * near), Flowers[random.Next(Flowers.Length)] * 1.3f);
                }
            }
        }
    }
}
