using System.Numerics;

namespace Atelier.Examples;

/// <summary>A square height field, centered on x = 0 and starting at z = 0; lengths in meters.</summary>
internal sealed class Terrain
{
    private readonly float[] _heights;
    private readonly int _size;
    private readonly float _cell;

    public Terrain(int size, float cell, Func<float, float, float> shape)
    {
        (_size, _cell) = (size, cell);
        _heights = new float[size * size];
        Parallel.For(0, size, row =>
        {
            for (int column = 0; column < size; column++)
            {
                _heights[(row * size) + column] = shape((column - (size / 2)) * cell, row * cell);
            }
        });
    }

    /// <summary>Lets rain carve gullies: each drop rolls downhill, takes soil where it is fast and leaves it where it
    /// slows down.</summary>
    public void Erode(int drops, int seed)
    {
        Random random = new(seed);
        for (int drop = 0; drop < drops; drop++)
        {
            Vector2 place = new(random.NextSingle() * (_size - 2), random.NextSingle() * (_size - 2));
            RollDrop(place);
        }
    }

    public float Height(float x, float z)
    {
        float column = Math.Clamp((x / _cell) + (_size / 2), 0f, _size - 1.001f);
        float row = Math.Clamp(z / _cell, 0f, _size - 1.001f);
        int ix = (int)column, iz = (int)row, i = (iz * _size) + ix;
        float u = column - ix, v = row - iz;
        int right = Math.Min(1, _size - 1 - ix), below = iz + 1 < _size ? _size : 0;
        return Noise.Lerp(
            Noise.Lerp(_heights[i], _heights[i + right], u),
            Noise.Lerp(_heights[i + below], _heights[i + below + right], u), v);
    }

    public Vector3 Normal(float x, float z)
    {
        float reach = _cell * 0.75f;
        return Vector3.Normalize(new Vector3(
            Height(x - reach, z) - Height(x + reach, z), 2f * reach, Height(x, z - reach) - Height(x, z + reach)));
    }

    /// <summary>Distance along a ray to the ground above sea level; null when it meets none before
    /// <paramref name="far"/>.</summary>
    public float? March(Vector3 origin, Vector3 direction, float far)
    {
        float before = 0f;
        for (float t = 30f; t < far;)
        {
            Vector3 place = origin + (direction * t);
            float clearance = place.Y - Height(place.X, place.Z);
            if (clearance < 0f && place.Y > -1f)
            {
                return Refine(origin, direction, before, t);
            }

            before = t;
            t += Math.Max(0.35f * MathF.Abs(clearance), 1.5f + (0.0012f * t));
        }

        return null;
    }

    /// <summary>How much of a small sun is seen from a place, 0–1, with soft edges.</summary>
    public float SunSeen(Vector3 place, Vector3 sun)
    {
        float seen = 1f;
        for (float t = 12f; t < 5000f && seen > 0f;)
        {
            Vector3 point = place + (sun * t);
            float clearance = point.Y - Height(point.X, point.Z);
            seen = Math.Min(seen, 0.5f + (28f * clearance / t));
            t += Math.Max(0.6f * clearance, 12f + (0.01f * t));
        }

        return Math.Max(seen, 0f);
    }

    private float Refine(Vector3 origin, Vector3 direction, float above, float below)
    {
        for (int i = 0; i < 8; i++)
        {
            float middle = (above + below) / 2f;
            Vector3 place = origin + (direction * middle);
            if (place.Y > Height(place.X, place.Z))
            {
                above = middle;
            }
            else
            {
                below = middle;
            }
        }

        return below;
    }

    private void RollDrop(Vector2 place)
    {
        Vector2 heading = Vector2.Zero;
        float soil = 0f, speed = 1f, water = 1f;
        for (int step = 0; step < 48; step++)
        {
            int ix = (int)place.X, iz = (int)place.Y, i = (iz * _size) + ix;
            float u = place.X - ix, v = place.Y - iz;
            float a = _heights[i], b = _heights[i + 1], c = _heights[i + _size], d = _heights[i + _size + 1];
            Vector2 uphill = new(Noise.Lerp(b - a, d - c, v), Noise.Lerp(c - a, d - b, u));
            heading = (heading * 0.25f) - (uphill * 0.75f);
            if (heading.LengthSquared() < 1e-6f)
            {
                return;
            }

            heading = Vector2.Normalize(heading);
            float old = Bilinear(a, b, c, d, u, v);
            place += heading;
            if (place.X < 1f || place.Y < 1f || place.X >= _size - 2 || place.Y >= _size - 2)
            {
                return;
            }

            int j = ((int)place.Y * _size) + (int)place.X;
            float now = Bilinear(_heights[j], _heights[j + 1], _heights[j + _size], _heights[j + _size + 1],
                place.X - (int)place.X, place.Y - (int)place.Y);
            float fall = old - now;
            float capacity = Math.Max(fall, 0.05f) * speed * water * 0.9f;
            float change = fall < 0f ? Math.Min(soil, -fall)
                : soil > capacity ? (soil - capacity) * 0.25f
                : -Math.Min((capacity - soil) * 0.25f, fall);
            Spread(i, u, v, change);
            soil -= change;
            speed = MathF.Sqrt(Math.Clamp((speed * speed) + (fall * 0.2f), 0.1f, 30f));
            water *= 0.97f;
        }
    }

    private static float Bilinear(float a, float b, float c, float d, float u, float v)
        => Noise.Lerp(Noise.Lerp(a, b, u), Noise.Lerp(c, d, u), v);

    private void Spread(int i, float u, float v, float amount)
    {
        _heights[i] += amount * (1f - u) * (1f - v);
        _heights[i + 1] += amount * u * (1f - v);
        _heights[i + _size] += amount * (1f - u) * v;
        _heights[i + _size + 1] += amount * u * v;
    }
}
