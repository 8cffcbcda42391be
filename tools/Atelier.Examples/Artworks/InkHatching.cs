using System.Numerics;

namespace Atelier.Examples.Artworks;

/// <summary>A valley with trees and piled clouds, engraved: ink lines that follow the forms,
/// crossed where it is dark.</summary>
internal static class InkHatching
{
    private const int Width = 1024, Height = 860;

    private static readonly Vector3 Paper = Palette.Rgb(0xF1E5CB), Wash = Palette.Rgb(0xC99B63),
        Ink = Palette.Rgb(0x271A14);

    public static Canvas Draw()
    {
        InkScene scene = new(Width, Height);
        Canvas sheet = Canvas.Paint(Width, Height, (x, y) => Ground(x, y, scene));
        Random random = new(12);
        // Turn against the form, darkness from which it is used, distance between lines.
        foreach ((float turn, float from, float gap) in
            (ReadOnlySpan<(float, float, float)>)[(0f, 0.1f, 4.3f), (1.05f, 0.5f, 4.4f), (-0.8f, 0.7f, 4.6f)])
        {
            Hatch(sheet, scene, turn, from, gap, random);
        }

        Contours(sheet, scene);
        return sheet;
    }

    private static Vector3 Ground(int x, int y, InkScene scene)
    {
        float fiber = (0.03f * Noise.Fbm(x / 30f, y / 4f, 4, 1)) + (0.025f * Noise.Fbm(x / 3f, y / 3f, 3, 2));
        float stain = 0.06f * Noise.Fbm(x / 260f, y / 260f, 4, 3), pool = 0.2f * Noise.Fbm(x / 45f, y / 45f, 4, 4);
        float wash = Math.Clamp((scene.Darkness(x, y) * 0.75f) + pool, 0f, 1f) * 0.62f;
        return Vector3.Lerp(Paper, Wash, wash) * (1f + fiber + stain);
    }

    private static void Hatch(Canvas sheet, InkScene scene, float turn, float from, float gap, Random random)
    {
        bool[] taken = new bool[Width * Height];
        Vector2[] seeds = new Vector2[Width * Height / 7];
        for (int i = 0; i < seeds.Length; i++)
        {
            seeds[i] = new Vector2(random.NextSingle() * Width, random.NextSingle() * Height);
        }

        foreach (Vector2 seed in seeds)
        {
            if (!IsFree(taken, seed, gap))
            {
                continue;
            }

            List<Vector2> line = Trace(taken, scene, seed, turn, from, gap, -1f);
            line.Reverse();
            line.AddRange(Trace(taken, scene, seed, turn, from, gap, 1f));
            if (line.Count > 7)
            {
                Engrave(sheet, scene, line, from);
                foreach (Vector2 place in line)
                {
                    taken[((int)place.Y * Width) + (int)place.X] = true;
                }
            }
        }
    }

    /// <summary>Follows the form from a place until it ends, gets light, or another line is near.</summary>
    private static List<Vector2> Trace(
        bool[] taken, InkScene scene, Vector2 place, float turn, float from, float gap, float sign)
    {
        List<Vector2> line = [];
        int form = scene.Form((int)place.X, (int)place.Y);
        Vector2 last = Vector2.Zero;
        for (int i = 0; i < 110; i++)
        {
            int x = (int)place.X, y = (int)place.Y;
            if (x < 18 || y < 18 || x >= Width - 18 || y >= Height - 18 || scene.Form(x, y) != form
                || scene.Darkness(x, y) < from || !IsFree(taken, place, gap * 0.72f))
            {
                break;
            }

            line.Add(place);
            (float sin, float cos) = MathF.SinCos(scene.Angle(x, y) + turn
                + (0.12f * Noise.Gradient(place.X / 22f, place.Y / 22f, 9)));
            Vector2 forward = new Vector2(cos, sin) * sign;
            forward = Vector2.Dot(forward, last) < 0f ? -forward : forward;
            (place, last) = (place + forward, forward);
        }

        return line;
    }

    private static bool IsFree(bool[] taken, Vector2 place, float gap)
    {
        int reach = (int)gap;
        for (int y = Math.Max((int)place.Y - reach, 0); y <= Math.Min((int)place.Y + reach, Height - 1); y++)
        {
            for (int x = Math.Max((int)place.X - reach, 0); x <= Math.Min((int)place.X + reach, Width - 1); x++)
            {
                if (taken[(y * Width) + x] && Vector2.DistanceSquared(place, new Vector2(x, y)) < gap * gap)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void Engrave(Canvas sheet, InkScene scene, List<Vector2> line, float from)
    {
        for (int i = 0; i + 1 < line.Count; i++)
        {
            float dark = scene.Darkness((int)line[i].X, (int)line[i].Y);
            float taper = Math.Min(1f, Math.Min(i + 1, line.Count - i) / 9f);
            // The burin cuts wider where it is to be darker.
            float width = (0.65f + (2.1f * MathF.Pow(Math.Max(dark - (from * 0.5f), 0f), 1.2f)))
                * (0.35f + (0.65f * taper));
            sheet.Line(line[i], line[i + 1], width, width, Ink, 0.85f);
        }
    }

    private static void Contours(Canvas sheet, InkScene scene)
    {
        for (int y = 18; y < Height - 18; y++)
        {
            for (int x = 18; x < Width - 18; x++)
            {
                int form = scene.Form(x, y);
                if (form != scene.Form(x + 1, y) || form != scene.Form(x, y + 1))
                {
                    float press = 0.75f + (0.45f * Noise.Gradient(x / 25f, y / 25f, 31));
                    sheet.Dot(new Vector2(x, y), press, Ink, 0.7f);
                }
            }
        }
    }
}
