using System.Numerics;

namespace Atelier.Examples;

/// <summary>A sky with cumulus clouds, marched once into a panorama and looked up by direction afterwards.</summary>
internal sealed class Clouds
{
    private const int Columns = 1100, Rows = 560;
    private const float HalfAngle = 0.8f, TopAngle = 0.8f;
    private const float Floor = 2600f, Ceiling = 4300f;

    private readonly Canvas _panorama;
    private readonly Vector3 _sun;
    private readonly Func<Vector3, Vector3> _clearSky;
    private readonly Vector3 _sunlight;
    private readonly float _cover;
    private readonly int _seed;

    /// <param name="sun">Direction to the sun.</param>
    /// <param name="sunlight">Light of the sun on a cloud.</param>
    /// <param name="clearSky">Light of the sky without clouds, by direction.</param>
    /// <param name="cover">How much of the sky is covered, about 0–1.</param>
    /// <param name="seed">Which clouds.</param>
    public Clouds(Vector3 sun, Vector3 sunlight, Func<Vector3, Vector3> clearSky, float cover, int seed)
    {
        (_sun, _sunlight, _clearSky, _cover, _seed) = (sun, sunlight, clearSky, cover, seed);
        _panorama = Canvas.Paint(Columns, Rows, (x, y) =>
        {
            float turn = ((x / (Columns - 1f)) - 0.5f) * 2f * HalfAngle, rise = (1f - (y / (Rows - 1f))) * TopAngle;
            (float sinTurn, float cosTurn) = MathF.SinCos(turn);
            (float sinRise, float cosRise) = MathF.SinCos(rise);
            return See(new Vector3(sinTurn * cosRise, sinRise, cosTurn * cosRise), Noise.Unit(x, y, seed));
        });
    }

    /// <summary>Light of the sky in a direction near +z.</summary>
    public Vector3 Look(Vector3 direction)
    {
        float turn = MathF.Atan2(direction.X, direction.Z), rise = MathF.Asin(Math.Clamp(direction.Y, 0f, 1f));
        return _panorama.Sample(((turn / HalfAngle / 2f) + 0.5f) * (Columns - 1),
            (1f - (rise / TopAngle)) * (Rows - 1));
    }

    private Vector3 See(Vector3 direction, float jitter)
    {
        Vector3 sky = _clearSky(direction);
        if (direction.Y < 0.02f)
        {
            return sky;
        }

        float from = Floor / direction.Y, to = Math.Min(Ceiling / direction.Y, from + 14000f);
        const int Steps = 44;
        float stride = (to - from) / Steps, clear = 1f;
        Vector3 light = Vector3.Zero;
        for (int i = 0; i < Steps && clear > 0.02f; i++)
        {
            Vector3 place = direction * (from + ((i + jitter) * stride));
            float density = Density(place, 5);
            if (density > 0f)
            {
                float shade = Density(place + (_sun * 140f), 4) + Density(place + (_sun * 380f), 3)
                    + Density(place + (_sun * 800f), 3);
                float lit = MathF.Exp(-1.9f * shade) + (0.18f * MathF.Exp(-0.4f * shade));
                float up = (place.Y - Floor) / (Ceiling - Floor);
                Vector3 color = (_sunlight * lit) + (_clearSky(Vector3.UnitY) * (0.35f + (0.5f * up)));
                float stay = MathF.Exp(-density * stride * 0.006f);
                light += color * (clear * (1f - stay));
                clear *= stay;
            }
        }

        // Far clouds sink into the haze of the horizon.
        float haze = MathF.Exp(-from / 42000f);
        return Vector3.Lerp(sky, (sky * clear) + light, haze);
    }

    private float Density(Vector3 place, int octaves)
    {
        float up = (place.Y - Floor) / (Ceiling - Floor);
        if (up is < 0f or > 1f)
        {
            return 0f;
        }

        float body = Noise.Fbm(place.X / 2600f, place.Y / 1700f, place.Z / 2600f, octaves, _seed);
        // Flat undersides, rounded tops.
        float profile = Math.Min(up * 8f, 1f) - (0.75f * up * up);
        return Math.Clamp((body * 1.5f) + _cover - 1f + (profile * 0.55f), 0f, 1f);
    }
}
