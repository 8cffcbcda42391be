using System.Numerics;

namespace Atelier.Examples;

/// <summary>Finds surfaces that are given as signed distances.</summary>
internal sealed class RayMarcher(Func<Vector3, float> distance)
{
    /// <summary>Distance along a ray to the surface, or null when it meets none before
    /// <paramref name="far"/>.</summary>
    public float? March(Vector3 origin, Vector3 direction, float far, int steps = 120)
    {
        float t = 0.002f;
        for (int i = 0; i < steps && t < far; i++)
        {
            float step = distance(origin + (direction * t));
            if (step < 0.0006f * (1f + t))
            {
                return t;
            }

            t += step;
        }

        return null;
    }

    /// <summary>Unit normal of the surface near a place.</summary>
    public Vector3 Normal(Vector3 place)
    {
        const float Reach = 0.0015f;
        Vector3 x = new(Reach, 0f, 0f), y = new(0f, Reach, 0f), z = new(0f, 0f, Reach);
        return Vector3.Normalize(new Vector3(
            distance(place + x) - distance(place - x),
            distance(place + y) - distance(place - y),
            distance(place + z) - distance(place - z)));
    }

    /// <summary>A direction around a normal, with the probability of a matt reflection.</summary>
    public static Vector3 Scatter(Vector3 normal, float u, float v)
    {
        float z = (2f * u) - 1f, radius = MathF.Sqrt(Math.Max(0f, 1f - (z * z)));
        (float sin, float cos) = MathF.SinCos(MathF.Tau * v);
        return Vector3.Normalize((normal * 1.001f) + new Vector3(radius * cos, radius * sin, z));
    }

    /// <summary>The union of two distances, blended over <paramref name="width"/>.</summary>
    public static float Blend(float a, float b, float width)
    {
        float h = Math.Max(width - MathF.Abs(a - b), 0f) / width;
        return Math.Min(a, b) - (h * h * width * 0.25f);
    }

    /// <summary>What a cut with another shape leaves, its edge rounded over <paramref name="width"/>.</summary>
    public static float Cut(float distance, float from, float width) => -Blend(-distance, from, width);

    /// <summary>About the distance to an ellipsoid around the origin.</summary>
    public static float Ellipsoid(Vector3 p, Vector3 radii)
    {
        Vector3 scaled = p / radii;
        float length = scaled.Length();
        return length * (length - 1f) / Math.Max((scaled / radii).Length(), 1e-6f);
    }

    /// <summary>The distance to a round limb whose radius grows by <paramref name="growth"/> on its way.</summary>
    public static float Limb(Vector3 p, Vector3 from, Vector3 to, float radius, float growth)
    {
        Vector3 along = to - from;
        float t = Math.Clamp(Vector3.Dot(p - from, along) / along.LengthSquared(), 0f, 1f);
        return (p - from - (along * t)).Length() - radius - (growth * t);
    }
}
