using System.Numerics;

namespace Atelier.Examples;

/// <summary>A brush and how it is used; lengths in pixels.</summary>
internal sealed record Brush(float Width, float Length)
{
    /// <summary>Height of the paint that the brush leaves.</summary>
    public float Thickness { get; init; } = 1f;

    /// <summary>How far strokes differ from the wanted color, and bristles from their stroke.</summary>
    public float Variety { get; init; } = 0.08f;

    /// <summary>0 covers fully; towards 1 bristles skip and the layer below shows.</summary>
    public float Dryness { get; init; } = 0.2f;

    /// <summary>Distance between strokes, as a fraction of the width.</summary>
    public float Spacing { get; init; } = 0.7f;
}

/// <summary>Paints strokes of many bristles that follow a direction field, and lights the paint as relief.</summary>
internal sealed class BrushEngine
{
    private const float BristlePitch = 1.6f;
    private readonly Random _random;
    private readonly float[] _relief;
    private readonly float[] _weave;

    public BrushEngine(int width, int height, Vector3 ground, int seed)
    {
        Painting = Canvas.Paint(width, height, (_, _) => ground);
        _random = new Random(seed);
        _relief = new float[width * height];
        _weave = new float[width * height];
        Parallel.For(0, _weave.Length, i => _weave[i] = Weave(i % width, i / width));
    }

    /// <summary>The paint so far, unlit.</summary>
    public Canvas Painting { get; }

    /// <summary>Covers the canvas with one layer of strokes.</summary>
    /// <param name="brush">The brush of the layer.</param>
    /// <param name="color">Wanted color at a place; null leaves the place as it is.</param>
    /// <param name="direction">Angle of strokes at a place, in radians.</param>
    public void Layer(Brush brush, Func<Vector2, Vector3?> color, Func<Vector2, float> direction)
    {
        float pitch = brush.Width * brush.Spacing, along = pitch * MathF.Sqrt(Math.Max(1f, brush.Length / brush.Width));
        List<Vector2> places = [];
        for (float y = -pitch; y < Painting.Height + pitch; y += pitch)
        {
            for (float x = -along; x < Painting.Width + along; x += along)
            {
                places.Add(new Vector2(x + (along * _random.NextSingle()), y + (pitch * _random.NextSingle())));
            }
        }

        Vector2[] shuffled = [.. places];
        _random.Shuffle(shuffled);
        foreach (Vector2 place in shuffled)
        {
            if (color(place) is Vector3 wanted)
            {
                Stroke(brush, place, wanted, direction);
            }
        }
    }

    /// <summary>One stroke, centered on a place.</summary>
    public void Stroke(Brush brush, Vector2 center, Vector3 color, Func<Vector2, float> direction)
    {
        float length = brush.Length * (0.6f + (0.8f * _random.NextSingle()));
        float width = brush.Width * (0.75f + (0.5f * _random.NextSingle()));
        Vector3 tone = Vary(color, brush.Variety);
        (Vector3 Color, float Load)[] bristles = new (Vector3, float)[(int)(width / BristlePitch) + 2];
        Vector3 streak = Vary(tone, brush.Variety * 1.5f);
        int pattern = _random.Next();
        for (int i = 0; i < bristles.Length; i++)
        {
            float mix = 0.5f + Noise.Gradient(i * 0.37f, 0.5f, pattern);
            bristles[i] = (Vary(Vector3.Lerp(tone, streak, mix), brush.Variety * 0.35f), _random.NextSingle());
        }

        Drag(brush, bristles, width, pattern, Trace(center, length, direction));
    }

    /// <summary>The painting in a raking light from the upper left.</summary>
    public Canvas Lit(float strength, float gloss)
    {
        int width = Painting.Width, height = Painting.Height;
        float Relief(int x, int y)
        {
            int i = (Math.Clamp(y, 0, height - 1) * width) + Math.Clamp(x, 0, width - 1);
            return _relief[i] + (0.25f * _weave[i]);
        }

        Vector3 light = Vector3.Normalize(new Vector3(-0.55f, -0.65f, 0.75f));
        Vector3 half = Vector3.Normalize(light + Vector3.UnitZ);
        return Canvas.Paint(width, height, (x, y) =>
        {
            float dx = (Relief(x + 1, y) - Relief(x - 1, y)) + (0.5f * (Relief(x + 2, y) - Relief(x - 2, y)));
            float dy = (Relief(x, y + 1) - Relief(x, y - 1)) + (0.5f * (Relief(x, y + 2) - Relief(x, y - 2)));
            Vector3 normal = Vector3.Normalize(new Vector3(-dx * strength, -dy * strength, 1f));
            float shade = 0.35f + (0.65f * Math.Max(0f, Vector3.Dot(normal, light)) / light.Z);
            float shine = MathF.Pow(Math.Max(0f, Vector3.Dot(normal, half)), 40f);
            float flat = MathF.Pow(half.Z, 40f);
            return (Painting[x, y] * Math.Min(shade, 1.45f)) + new Vector3(gloss * Math.Max(0f, shine - flat));
        });
    }

    private static float Weave(int x, int y)
        => (0.5f * MathF.Sin(x * 1.5f) * MathF.Sin(y * 1.5f)) + (0.4f * Noise.Gradient(x * 0.5f, y * 0.5f, 77));

    private Vector3 Vary(Vector3 color, float amount)
    {
        float light = (_random.NextSingle() - 0.5f) * 2f * amount;
        float warm = (_random.NextSingle() - 0.5f) * amount;
        float green = (_random.NextSingle() - 0.5f) * amount * 0.7f;
        Vector3 varied = (color * (1f + light)) + new Vector3(
            warm + (light * 0.3f), green + (light * 0.3f), (light * 0.3f) - warm);
        return Vector3.Clamp(varied, Vector3.Zero, Vector3.One);
    }

    private static (Vector2 Place, Vector2 Forward)[] Trace(
        Vector2 center, float length, Func<Vector2, float> direction)
    {
        int half = Math.Max(1, (int)(length / 2f));
        (Vector2, Vector2)[] path = new (Vector2, Vector2)[(2 * half) + 1];
        for (int sign = -1; sign <= 1; sign += 2)
        {
            Vector2 place = center, last = Vector2.Zero;
            for (int i = 0; i <= half; i++)
            {
                (float sin, float cos) = MathF.SinCos(direction(place));
                Vector2 forward = new(cos, sin);
                // A direction has no sense of way; keep going the way the stroke already goes.
                forward = Vector2.Dot(forward, last) < 0f ? -forward : forward;
                path[half + (sign * i)] = (place, forward);
                place += forward * sign;
                last = forward;
            }
        }

        return path;
    }

    private void Drag(
        Brush brush, (Vector3 Color, float Load)[] bristles, float width, int pattern,
            (Vector2 Place, Vector2 Forward)[] path)
    {
        for (int i = 0; i < path.Length; i++)
        {
            float run = i / (float)path.Length;
            (Vector2 place, Vector2 forward) = path[i];
            Vector2 side = new(-forward.Y, forward.X);
            // Round tips: the stroke is narrower where it starts and ends.
            float tip = Math.Min(Math.Min(i, path.Length - 1 - i) + 1f, width * 0.5f) / (width * 0.5f);
            float halfWidth = width * 0.5f * MathF.Sqrt(1f - ((1f - tip) * (1f - tip)));
            for (float t = -halfWidth; t <= halfWidth; t += 0.6f)
            {
                int index = Math.Clamp((int)((t + (width * 0.5f)) / BristlePitch), 0, bristles.Length - 1);
                (Vector3 color, float load) = bristles[index];
                float skip = Noise.Gradient(i * 0.06f, index * 0.8f, pattern) + (1.6f * run) - 0.9f + (load * 0.6f);
                float alpha = 1f - (brush.Dryness * 1.6f * Noise.Step(-0.1f, 0.7f, skip));
                float edge = Math.Clamp((halfWidth - MathF.Abs(t)) + 0.4f, 0f, 1f);
                float across = MathF.Abs(t) / Math.Max(halfWidth, 1f);
                float rise = brush.Thickness * (0.45f + (0.5f * load) + (0.35f * across * across) + (0.4f * run * run));
                Deposit(place + (side * t), color, alpha * edge * 0.9f, rise);
            }
        }
    }

    private void Deposit(Vector2 place, Vector3 color, float alpha, float rise)
    {
        int x = (int)MathF.Round(place.X), y = (int)MathF.Round(place.Y);
        if (alpha > 0f && (uint)x < (uint)Painting.Width && (uint)y < (uint)Painting.Height)
        {
            Painting.Blend(x, y, color, alpha);
            ref float relief = ref _relief[(y * Painting.Width) + x];
            relief = Noise.Lerp(relief, (relief * 0.2f) + rise, alpha * 0.8f);
        }
    }
}
