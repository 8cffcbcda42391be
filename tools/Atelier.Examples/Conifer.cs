using System.Numerics;

namespace Atelier.Examples;

/// <summary>Fir trees, from a few pixels to half a picture tall, lit from the left.</summary>
internal static class Conifer
{
    /// <summary>Draws one tree.</summary>
    /// <param name="canvas">The canvas, in linear light.</param>
    /// <param name="foot">Where the trunk stands, in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="tint">Color of its lit needles.</param>
    /// <param name="veil">Maps a color to how it looks through the air in between.</param>
    /// <param name="seed">Which tree.</param>
    public static void Draw(Canvas canvas, Vector2 foot, float height, Vector3 tint, Func<Vector3, Vector3> veil,
        int seed)
    {
        if (height > 60f)
        {
            DrawNear(canvas, foot, height, tint, veil, new Random(seed));
        }
        else
        {
            DrawFar(canvas, foot, height, tint, veil, seed);
        }
    }

    private static void DrawFar(
        Canvas canvas, Vector2 foot, float height, Vector3 tint, Func<Vector3, Vector3> veil, int seed)
    {
        float slim = 0.17f + (0.08f * Noise.Unit(seed, 1, 3));
        Vector3 lit = veil(tint), dark = veil(tint * 0.22f);
        for (float up = 0f; up < height; up += 0.5f)
        {
            float t = up / height;
            float reach = slim * height * (1f - t) * (0.65f + (0.5f * Noise.Unit(seed, (int)(up * 0.9f), 4))) + 0.3f;
            Vector2 middle = foot - new Vector2(0f, up), split = middle - new Vector2(reach * 0.1f, 0f);
            canvas.Line(middle - new Vector2(reach, 0f), split, 0.7f, 0.7f,
                lit * (0.7f + (0.6f * Noise.Unit(seed, (int)up, 5))), 0.8f);
            canvas.Line(split, middle + new Vector2(reach, 0f), 0.7f, 0.7f, dark, 0.8f);
        }
    }

    private static void DrawNear(
        Canvas canvas, Vector2 foot, float height, Vector3 tint, Func<Vector3, Vector3> veil, Random random)
    {
        Vector2 top = foot - new Vector2(0f, height);
        canvas.Line(foot, top, height * 0.022f, 1f, veil(Palette.Light(0x3A2A20)));
        int whorls = (int)(height / 3.2f);
        for (int whorl = whorls; whorl >= 0; whorl--)
        {
            // From the lowest branches up, so that higher ones overlap them.
            float up = 0.07f + (0.93f * (1f - (whorl / (float)whorls)));
            for (int branch = 0; branch < 4; branch++)
            {
                float t = Math.Clamp(up + (0.02f * random.NextSingle()), 0f, 1f);
                float reach = height * 0.21f * MathF.Pow(1f - t, 0.8f) * (0.3f + (0.95f * random.NextSingle()));
                float side = (2f * random.NextSingle()) - 1f;
                DrawBranch(canvas, Vector2.Lerp(foot, top, t),
                    new Vector2(side * reach, reach * (0.28f + (0.2f * random.NextSingle()))),
                    height, tint, veil, random);
            }
        }
    }

    private static void DrawBranch(
        Canvas canvas, Vector2 from, Vector2 span, float height, Vector3 tint, Func<Vector3, Vector3> veil,
            Random random)
    {
        int tufts = (int)(span.Length() / 2.2f) + 2;
        float needle = 3f + (height * 0.012f);
        for (int i = 0; i < tufts; i++)
        {
            float t = (i + random.NextSingle()) / tufts;
            // Branches sag and turn up again at their ends.
            Vector2 place = from + (span * t) - new Vector2(0f, span.Y * 0.55f * t * t);
            float sun = Math.Clamp(0.35f - (0.55f * span.X / (height * 0.2f)) + (0.35f * t), 0f, 1f);
            float light = (0.05f + (0.95f * sun * random.NextSingle())) * (0.25f + (0.75f * t));
            Vector3 color = veil(tint * light);
            for (int k = 0; k < 5; k++)
            {
                float angle = (span.X < 0f ? MathF.PI : 0f) + ((random.NextSingle() - 0.5f) * 2.2f);
                Vector2 tip = place + (new Vector2(MathF.Cos(angle), (MathF.Sin(angle) * 0.7f) + 0.35f) * needle
                    * (0.6f + random.NextSingle()));
                canvas.Line(place, tip, 1.3f, 0.5f, color, 0.85f);
            }
        }
    }
}
