using System.Numerics;

namespace Atelier.Examples.Artworks;

/// <summary>The motif of <see cref="InkHatching"/>: for every place a form, its darkness, and the way lines run
/// on it.</summary>
internal sealed class InkScene
{
    private readonly int _width, _height;
    private readonly int[] _forms;
    private readonly float[] _darkness, _angles;
    private int _count;

    public InkScene(int width, int height)
    {
        (_width, _height) = (width, height);
        (_forms, _darkness, _angles) = (new int[width * height], new float[width * height], new float[width * height]);
        Random random = new(21);
        Sky();
        Cloud(new Vector2(250, 235), 190, random);
        Cloud(new Vector2(830, 300), 170, random);
        Cloud(new Vector2(585, 130), 110, random);
        for (int i = 0; i < 3; i++)
        {
            Mountains(i);
        }

        for (int row = 0; row < 6; row++)
        {
            Hills(row, random);
        }
    }

    public int Form(int x, int y) => _forms[(y * _width) + x];

    /// <summary>0 for paper to 1 for black.</summary>
    public float Darkness(int x, int y) => _darkness[(y * _width) + x];

    public float Angle(int x, int y) => _angles[(y * _width) + x];

    private void Set(int x, int y, int form, float darkness, float angle)
    {
        if ((uint)x < (uint)_width && (uint)y < (uint)_height)
        {
            int i = (y * _width) + x;
            (_forms[i], _darkness[i], _angles[i]) = (form, Math.Clamp(darkness, 0f, 1f), angle);
        }
    }

    private void Sky()
    {
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
            {
                Vector2 fromSun = new(x - 420f, y - 330f);
                float rays = 0.5f + (0.5f * MathF.Cos(MathF.Atan2(fromSun.Y, fromSun.X) * 26f));
                float far = fromSun.Length();
                bool sun = far < 62f;
                float dark = sun ? 0f : 0.13f + (0.42f * Noise.Step(120f, 720f, far))
                    + (0.1f * rays * Noise.Step(60f, 160f, far));
                // Near the sun lines radiate, farther away they circle it.
                Set(x, y, sun ? 1 : 0, dark, MathF.Atan2(fromSun.Y, fromSun.X) + (far < 190f ? 0f : MathF.PI / 2f));
            }
        }

        _count = 2;
    }

    private void Cloud(Vector2 center, float reach, Random random)
    {
        for (int i = 0; i < 44; i++)
        {
            float across = (2f * random.NextSingle()) - 1f,
                up = random.NextSingle() * (1f - (across * across)) * (1f - (i / 46f));
            float radius = reach * (0.1f + (0.13f * random.NextSingle())) * (1.25f - (0.7f * MathF.Abs(across)));
            Ball(center + new Vector2(across * reach, -up * reach * 0.62f), radius, radius * 0.86f, lightness: 0.3f);
        }
    }

    /// <summary>A rounded form, lit from the upper left; lines go around it.</summary>
    private void Ball(Vector2 center, float wide, float tall, float lightness)
    {
        int form = _count++;
        for (int y = (int)(center.Y - tall); y <= center.Y + tall; y++)
        {
            for (int x = (int)(center.X - wide); x <= center.X + wide; x++)
            {
                float u = (x - center.X) / wide, v = (y - center.Y) / tall, rim = 1f - (u * u) - (v * v);
                if (rim > 0f)
                {
                    float light = (-0.6f * u) - (0.62f * v) + (0.5f * MathF.Sqrt(rim));
                    Set(x, y, form, 0.72f - lightness - (0.62f * light), MathF.Atan2(v, u) + (MathF.PI / 2f));
                }
            }
        }
    }

    private void Mountains(int row)
    {
        int form = _count++;
        float Ridge(float x, int octaves)
            => 395f + (row * 58f) - (170f * Noise.Ridged(
                (x / (330f - (row * 50f))) + (row * 7.3f), row * 3.1f, octaves, 41 + row)) + 60f;
        for (int x = 0; x < _width; x++)
        {
            float top = Ridge(x, 6), slope = Ridge(x + 5, 3) - Ridge(x - 5, 3);
            for (int y = (int)top; y < _height; y++)
            {
                // The two sides of a crest lose their difference further down.
                float side = MathF.Tanh(slope / 4f) * MathF.Exp(-(y - top) / 85f);
                float crag = Noise.Ridged((x + ((y - top) * 0.35f * side)) / 60f, y / 130f, 4, 51 + row);
                float shade = 0.36f + (0.1f * row) + (0.42f * side) + (0.5f * (0.55f - crag)) - (0.0016f * (y - top));
                Set(x, y, form, shade, MathF.PI / 2f - (0.75f * side) + (0.5f * Noise.Gradient(x / 60f, y / 60f, 61)));
            }
        }
    }

    private void Hills(int row, Random random)
    {
        float level = 560f + (row * 54f), scale = 0.4f + (0.16f * row);
        int form = _count++;
        float Top(float x) => level + (46f * scale * Noise.Gradient((x / (240f * scale)) + (row * 5.7f), row, 71))
            + (9f * Noise.Gradient(x / 60f, row, 72));
        for (int x = 0; x < _width; x++)
        {
            float top = Top(x), slope = (Top(x + 8) - Top(x - 8)) / 16f;
            for (int y = (int)top; y < _height; y++)
            {
                float down = (y - top) / (60f * scale);
                float furrow = Noise.Fbm(x / (90f * scale), y / (22f * scale), 3, 81 + row);
                float shade = 0.2f + (0.5f * slope) + (0.45f * Noise.Step(0.1f, 1.1f, down)) + (0.4f * furrow);
                Set(x, y, form, shade, MathF.Atan(slope * (1f - (0.4f * down)))
                    + (0.5f * Noise.Gradient(x / 130f, y / 50f, 91)));
            }
        }

        int trees = 17 - (2 * row);
        for (int i = 0; i < trees; i++)
        {
            float x = random.NextSingle() * _width;
            Tree(new Vector2(x, Top(x) + (12f * scale * random.NextSingle())),
                (34f + (26f * random.NextSingle())) * scale * 1.4f, random);
        }
    }

    private void Tree(Vector2 foot, float height, Random random)
    {
        int trunk = _count++;
        for (float up = 0f; up < height * 0.6f; up += 0.5f)
        {
            float half = height * (0.035f + (0.05f * MathF.Exp(-up / (height * 0.08f))));
            for (float t = -half; t <= half; t += 0.5f)
            {
                Set((int)(foot.X + t), (int)(foot.Y - up), trunk, 0.62f + (0.4f * t / half), MathF.PI / 2f);
            }
        }

        for (int i = 0; i < 15; i++)
        {
            float turn = random.NextSingle() * MathF.Tau, spread = MathF.Sqrt(random.NextSingle()) * height * 0.34f;
            float radius = height * (0.12f + (0.1f * random.NextSingle()));
            Vector2 middle = foot - new Vector2(0f, height * 0.78f);
            Vector2 aside = new(MathF.Cos(turn) * spread, MathF.Sin(turn) * spread * 0.85f);
            Ball(middle + aside, radius, radius * 0.9f, lightness: 0f);
        }
    }
}
