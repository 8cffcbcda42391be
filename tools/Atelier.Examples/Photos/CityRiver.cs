using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>A city at dusk across a river: lit windows, an arched bridge, and all of it again in the water.</summary>
internal static class CityRiver
{
    private const int Width = 1024, Height = 720, Samples = 8;
    private const float Focal = 800f, HorizonRow = 400f, Far = 3000f;

    private static readonly Vector3 Eye = new(0f, 11f, -205f);
    private static readonly Vector3 Sun = Vector3.Normalize(new Vector3(-0.34f, 0.035f, 0.94f));
    private static readonly Vector3 LampLight = new(9f, 5.2f, 2f);
    private static readonly Vector3 Turn = Vector3.Normalize(new Vector3(-0.04f, 0f, 1f));

    public static Canvas Draw()
    {
        Clouds sky = new(Vector3.Normalize(Sun + new Vector3(0f, 0.08f, 0f)), new Vector3(1.5f, 0.62f, 0.34f), DuskSky,
            cover: 0.42f, seed: 58);
        Canvas picture = Canvas.Paint(Width, Height, (x, y) =>
        {
            Vector3 sum = Vector3.Zero;
            for (int i = 0; i < Samples; i++)
            {
                float dx = Noise.Unit(x, y, i) - 0.5f, dy = ((i + Noise.Unit(x, y, 50 + i)) / Samples) - 0.5f;
                sum += Vector3.Min(See(sky, Direction(x + dx, y + dy), x, y, i), new Vector3(6f));
            }

            return sum / Samples;
        });
        HangLamps(picture);
        return picture.Develop(exposure: 0.95f, bloom: 0.12f, contrast: 1.14f, saturation: 1.12f);
    }

    private static Vector3 Direction(float x, float y)
    {
        Vector3 right = new(Turn.Z, 0f, -Turn.X);
        return Vector3.Normalize(Turn + (right * ((x - (Width / 2f)) / Focal))
            + (Vector3.UnitY * ((HorizonRow - y) / Focal)));
    }

    private static Vector3 DuskSky(Vector3 direction)
    {
        float up = Math.Max(direction.Y, 0f), near = Math.Max(0f, Vector3.Dot(direction, Sun));
        Vector3 color = Vector3.Lerp(new Vector3(1.05f, 0.50f, 0.24f), new Vector3(0.62f, 0.36f, 0.44f),
            Noise.Step(0f, 0.16f, up));
        color = Vector3.Lerp(color, new Vector3(0.20f, 0.26f, 0.52f), Noise.Step(0.08f, 0.34f, up));
        color = Vector3.Lerp(color, new Vector3(0.06f, 0.10f, 0.30f), Noise.Step(0.25f, 0.75f, up));
        return (color * (0.55f + (0.45f * near))) + (new Vector3(1.6f, 0.75f, 0.25f) * MathF.Pow(near, 24f) * 0.6f);
    }

    private static Vector3 See(Clouds sky, Vector3 direction, int x, int y, int sample)
    {
        float water = direction.Y < 0f ? -Eye.Y / direction.Y : Far;
        CityBlocks.Hit? hit = Find(Eye, direction, Math.Min(water, Far));
        if (hit is CityBlocks.Hit found)
        {
            return Lit(found, direction, found.Distance);
        }

        return water >= Far ? sky.Look(direction) : Mirror(sky, direction, water, x, y, sample);
    }

    private static CityBlocks.Hit? Find(Vector3 origin, Vector3 direction, float far)
        => StoneBridge.Find(origin, direction, far) is CityBlocks.Hit bridge
            ? CityBlocks.Find(origin, direction, bridge.Distance) ?? bridge
            : CityBlocks.Find(origin, direction, far);

    private static Vector3 Lit(CityBlocks.Hit hit, Vector3 direction, float distance)
    {
        // After sunset the whole sky is the lamp: blue from above, warm from the side of the sun.
        Vector3 sky = new Vector3(0.17f, 0.19f, 0.33f) * (0.65f + (0.35f * hit.Normal.Y));
        Vector3 west = new Vector3(0.85f, 0.42f, 0.24f) * Math.Max(
            0f, Vector3.Dot(hit.Normal, Vector3.Normalize(new Vector3(-1f, 0.15f, 0.2f))));
        Vector3 fresnel = DuskSky(Vector3.Reflect(direction, hit.Normal)) * (hit.Color.Z > hit.Color.X ? 0.22f : 0.02f);
        Vector3 color = (hit.Color * (sky + west)) + fresnel + hit.Glow;
        float haze = 1f - MathF.Exp(-distance / 3300f);
        return Vector3.Lerp(color, DuskSky(direction with { Y = 0.05f }) * 0.6f, haze);
    }

    private static Vector3 Mirror(Clouds sky, Vector3 direction, float distance, int x, int y, int sample)
    {
        Vector3 place = Eye + (direction * distance);
        // Waves smaller than a pixel act as roughness.
        float rough = 0.010f + (0.012f * Math.Min(1f, distance / 160f));
        float swell = 0.028f * MathF.Exp(-distance / 240f);
        float slopeX = (swell * Noise.Fbm(place.X / 4.5f, place.Z / 2.6f, 4, 71))
            + (rough * 0.25f * (Noise.Unit(x, y, 200 + sample) - 0.5f));
        float slopeZ = (2f * swell * Noise.Fbm(place.X / 5.5f, place.Z / 2.0f, 4, 72))
            + (rough * 2f * (Noise.Unit(x, y, 300 + sample) - 0.5f));
        Vector3 normal = Vector3.Normalize(new Vector3(slopeX, 1f, slopeZ));
        Vector3 bounce = Vector3.Reflect(direction, normal);
        bounce = Vector3.Normalize(bounce with { Y = MathF.Abs(bounce.Y) + 0.001f });
        Vector3 seen = Find(place + new Vector3(0f, 0.02f, 0f), bounce, Far) is CityBlocks.Hit hit
            ? Lit(hit, bounce, distance + hit.Distance) : sky.Look(bounce);
        float fresnel = 0.06f + (0.9f * MathF.Pow(1f - Math.Max(0f, -Vector3.Dot(direction, normal)), 4f));
        return Vector3.Lerp(new Vector3(0.012f, 0.028f, 0.042f), seen, fresnel);
    }

    /// <summary>Street lamps on the quay and the bridge, and the trails of their light in the water.</summary>
    private static void HangLamps(Canvas picture)
    {
        IEnumerable<Vector3> quay = Enumerable.Range(-16, 33).Select(i => new Vector3((i * 24f) + 8f, 10.5f, -0.3f));
        Random random = new(9);
        foreach (Vector3 lamp in quay.Concat(StoneBridge.Lamps))
        {
            Vector3 from = lamp - Eye;
            float depth = Vector3.Dot(from, Turn), aside = Vector3.Dot(from, new Vector3(Turn.Z, 0f, -Turn.X));
            if (depth < 12f || IsHidden(Eye, lamp))
            {
                continue;
            }

            Vector2 spot = new((Width / 2f) + (aside / depth * Focal), HorizonRow - (from.Y / depth * Focal));
            float size = Math.Clamp(300f / depth, 1.2f, 5f);
            picture.Line(spot, spot + new Vector2(0f, 5.4f / depth * Focal), size * 0.35f, size * 0.45f,
                new Vector3(0.02f), 0.9f);
            picture.Dot(spot, size, LampLight);
            Trail(picture, lamp, new Vector2(spot.X, HorizonRow + ((lamp.Y + Eye.Y) / depth * Focal)), random);
        }
    }

    private static void Trail(Canvas picture, Vector3 lamp, Vector2 mirrored, Random random)
    {
        for (int i = 0; i < 60; i++)
        {
            float down = mirrored.Y + ((random.NextSingle() + random.NextSingle() - 0.75f) * 90f);
            float half = (1.5f + (4f * random.NextSingle())) * (0.6f + ((down - HorizonRow) / 160f));
            Vector2 middle = new(mirrored.X + ((random.NextSingle() - 0.5f) * 7f), down);
            Vector3 direction = Direction(middle.X, down);
            Vector3 place = Eye + (direction * (-Eye.Y / direction.Y));
            if (place.Z < -1f && !IsHidden(Eye, place) && !IsHidden(place, lamp))
            {
                picture.Line(middle - new Vector2(half, 0f), middle + new Vector2(half, 0f), 1.2f, 0.4f,
                    LampLight * 0.2f, 0.35f);
            }
        }
    }

    private static bool IsHidden(Vector3 from, Vector3 to)
    {
        float distance = Vector3.Distance(from, to);
        return Find(from, (to - from) / distance, distance - 1.5f) is not null;
    }
}
