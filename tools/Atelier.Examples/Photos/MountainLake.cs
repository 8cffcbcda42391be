using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>Snowy mountains behind a lake in late light, firs on the shores, a meadow in front.</summary>
internal static class MountainLake
{
    private const int Width = 1024, Height = 768;
    private const float Focal = 900f, HorizonRow = 428f, EyeHeight = 9f, Far = 11500f;

    private static readonly Vector3 Sun = Vector3.Normalize(new Vector3(-0.80f, 0.42f, -0.22f));
    private static readonly Vector3 Sunlight = new(3.5f, 2.75f, 1.95f);
    private static readonly Vector3 Skylight = new(0.36f, 0.50f, 0.78f);

    public static Canvas Draw()
    {
        Terrain terrain = new(1600, 7.5f, Ground);
        terrain.Erode(150_000, seed: 3);
        Clouds sky = new(Sun, Sunlight * 0.62f, ClearSky, cover: 0.5f, seed: 17);
        Canvas above = Upright(terrain, sky, EyeHeight), mirrored = Upright(terrain, sky, -EyeHeight);
        above.Repaint((x, y, color) => IsWater(terrain, x, y) ? Water(mirrored, x, y) : color);
        LakeMeadow.Draw(above);
        return above.Develop(exposure: 0.78f, bloom: 0.1f, contrast: 1.12f, saturation: 1.15f);
    }

    private static Vector3 Direction(float x, float y)
        => Vector3.Normalize(new Vector3((x - (Width / 2f)) / Focal, (HorizonRow - y) / Focal, 1f));

    private static Vector3 ClearSky(Vector3 direction)
    {
        float up = Math.Max(direction.Y, 0f);
        Vector3 color = Vector3.Lerp(new Vector3(0.98f, 0.90f, 0.80f), new Vector3(0.42f, 0.64f, 0.98f),
            Noise.Step(0f, 0.22f, up));
        color = Vector3.Lerp(color, new Vector3(0.10f, 0.24f, 0.58f), Noise.Step(0.12f, 0.75f, up));
        float left = Math.Clamp(0.5f - (0.9f * direction.X), 0f, 1f);
        return color * (0.8f + (0.3f * left));
    }

    private static float Ground(float x, float z)
    {
        float bend = 260f * MathF.Sin(z / 1100f), rough = 220f * Noise.Fbm(x / 700f, z / 700f, 4, 8);
        float beside = MathF.Abs(x - bend) - (420f + (0.22f * z)) + rough;
        float behind = z - 3000f + (1.2f * rough);
        float shore = Math.Max(beside, behind);
        float rise = Noise.Step(0f, 2600f, shore);
        float crests = Noise.Ridged((x + 900f) / 3900f, (z + 400f) / 3900f, 9, 23);
        float summit = 1050f * MathF.Exp(-(((x - 420f) * (x - 420f)) + ((z - 6300f) * (z - 6300f))) / (1500f * 1500f));
        return -14f + (0.07f * shore) + (rise * ((1420f * crests) + (0.62f * summit * (0.35f + crests))));
    }

    private static bool IsWater(Terrain terrain, int x, int y)
    {
        Vector3 direction = Direction(x, y), eye = new(0f, EyeHeight, 0f);
        return y > HorizonRow + 0.5f && terrain.March(eye, direction, Math.Min(Far, EyeHeight / -direction.Y)) is null;
    }

    /// <summary>What is seen from a height, without the water; from below the water line this is
    /// the mirror image.</summary>
    private static Canvas Upright(Terrain terrain, Clouds sky, float eyeHeight)
    {
        Vector3 eye = new(0f, eyeHeight, 0f);
        Canvas picture = Canvas.Paint(Width, Height, (x, y) =>
        {
            Vector3 sum = Vector3.Zero;
            if (y > HorizonRow + 60f)
            {
                return sum;
            }

            for (int i = 0; i < 4; i++)
            {
                Vector3 direction = Direction(x + ((i & 1) * 0.5f) - 0.25f, y + ((i >> 1) * 0.5f) - 0.25f);
                sum += terrain.March(eye, direction, Far) is float distance
                    ? Air(Surface(terrain, eye + (direction * distance)), distance, direction)
                    : sky.Look(direction);
            }

            return sum / 4f;
        });
        PlantForest(picture, terrain, eye);
        return picture;
    }

    private static Vector3 Surface(Terrain terrain, Vector3 place)
    {
        Vector3 normal = terrain.Normal(place.X, place.Z);
        float fine = Noise.Fbm(place.X / 34f, place.Z / 34f, 4, 71),
            broad = Noise.Fbm(place.X / 400f, place.Z / 400f, 3, 72);
        Vector3 bump = new(Noise.Fbm(place.X / 22f, (place.Y + place.Z) / 22f, 3, 73), 0f,
            Noise.Fbm(place.Z / 22f, (place.Y - place.X) / 22f, 3, 74));
        Vector3 rough = Vector3.Normalize(normal + (bump * 0.55f));
        float strata = MathF.Sin((place.Y / 13f) + (5f * broad) + (2f * fine));
        Vector3 rock = Vector3.Lerp(Palette.Light(0x6F665E), Palette.Light(0x978A7C),
            0.5f + (0.3f * strata) + (0.4f * fine));
        Vector3 grass = Vector3.Lerp(Palette.Light(0x4B5B2A), Palette.Light(0x8A8442), 0.5f + broad + (0.4f * fine));
        float green = Noise.Step(0.55f, 0.78f, normal.Y + (0.1f * fine))
            * Noise.Step(820f, 430f, place.Y + (260f * broad));
        Vector3 albedo = Vector3.Lerp(rock, grass, green);
        float snowLine = 760f + (380f * broad) + (120f * fine);
        float snow = Noise.Step(0.42f, 0.62f, normal.Y + (0.12f * fine) + ((place.Y - 900f) / 3000f))
            * Noise.Step(snowLine - 90f, snowLine + 160f, place.Y);
        albedo = Vector3.Lerp(albedo, new Vector3(0.92f, 0.94f, 0.98f), snow);
        rough = Vector3.Normalize(Vector3.Lerp(rough, normal, 0.6f * snow));
        float sun = Math.Max(0f, Vector3.Dot(rough, Sun)) * terrain.SunSeen(place + (normal * 6f), Sun);
        float open = 0.45f + (0.55f * normal.Y);
        Vector3 bounce = new Vector3(0.16f, 0.13f, 0.09f) * Math.Max(0f, 0.6f - (0.5f * rough.Y));
        return albedo * ((Sunlight * sun) + (Skylight * open) + bounce);
    }

    private static Vector3 Air(Vector3 color, float distance, Vector3 direction)
    {
        Vector3 haze = ClearSky(direction with { Y = 0.06f }) * 0.72f;
        return new Vector3(
            Noise.Lerp(haze.X, color.X, MathF.Exp(-distance / 23000f)),
            Noise.Lerp(haze.Y, color.Y, MathF.Exp(-distance / 17000f)),
            Noise.Lerp(haze.Z, color.Z, MathF.Exp(-distance / 11500f)));
    }

    private static void PlantForest(Canvas picture, Terrain terrain, Vector3 eye)
    {
        for (float z = 5200f; z > 350f; z -= 11f)
        {
            float half = Math.Min(z * 0.62f, 2600f);
            for (float x = -half; x < half; x += 11f)
            {
                int ix = (int)MathF.Floor(x / 11f), iz = (int)(z / 11f);
                float px = x + (11f * Noise.Unit(ix, iz, 81)), pz = z + (11f * Noise.Unit(ix, iz, 82));
                Vector3 place = new(px, terrain.Height(px, pz), pz);
                float wanted = 0.22f + Noise.Fbm(px / 420f, pz / 420f, 3, 83) + (0.5f * Noise.Step(140f, 0f, place.Y));
                if (place.Y is > 0.8f and < 480f && Noise.Unit(ix, iz, 84) < wanted * Noise.Step(500f, 240f, place.Y)
                    && terrain.Normal(px, pz).Y > 0.7f)
                {
                    PlantTree(picture, terrain, eye, place, (ix * 4096) + iz);
                }
            }
        }
    }

    private static void PlantTree(Canvas picture, Terrain terrain, Vector3 eye, Vector3 place, int seed)
    {
        float tall = 15f + (17f * Noise.Unit(seed, 0, 85));
        Vector3 middle = place + new Vector3(0f, tall * 0.6f, 0f), to = middle - eye;
        float distance = to.Length();
        Vector3 direction = to / distance;
        if (terrain.March(eye, direction, distance - 25f) is not null)
        {
            return;
        }

        Vector2 foot = new((Width / 2f) + ((place.X - eye.X) / place.Z * Focal),
            HorizonRow - ((place.Y - eye.Y) / place.Z * Focal));
        float sun = terrain.SunSeen(middle, Sun);
        Vector3 needles = Vector3.Lerp(Palette.Light(0x2F4526), Palette.Light(0x66702E), Noise.Unit(seed, 1, 86));
        Vector3 tint = needles * ((Sunlight * 0.62f * sun) + (Skylight * 0.55f));
        Conifer.Draw(picture, foot, tall / place.Z * Focal, tint, color => Air(color, distance, direction), seed);
    }

    private static Vector3 Water(Canvas mirrored, int x, int y)
    {
        Vector3 direction = Direction(x, y);
        float distance = EyeHeight / -direction.Y;
        Vector3 place = direction * distance;
        float ruffled = 0.35f + Noise.Step(-0.1f, 0.45f, Noise.Fbm(place.X / 130f, place.Z / 420f, 3, 91));
        Vector3 sum = Vector3.Zero;
        const int Samples = 8;
        for (int i = 0; i < Samples; i++)
        {
            float blur = Noise.Unit(x, y, 100 + i) - 0.5f;
            float spread = distance / Focal * 0.5f * blur * distance / EyeHeight;
            float sway = Noise.Fbm(place.X / 2.6f, (place.Z + spread) / 2.6f, 3, 92);
            float tilt = Noise.Fbm(place.X / 3.4f, (place.Z + spread) / 2.2f, 3, 93);
            float calm = Noise.Step(HorizonRow, HorizonRow + 26f, y) * ruffled;
            float dx = sway * 5f * calm, dy = (tilt + (0.8f * blur)) * 20f * calm;
            sum += mirrored.Sample(x + dx, Math.Min((2f * HorizonRow) - y + dy, HorizonRow + 4f));
        }

        float fresnel = 0.04f + (0.9f * MathF.Pow(1f + direction.Y, 4.5f));
        Vector3 deep = Vector3.Lerp(new Vector3(0.010f, 0.055f, 0.075f), new Vector3(0.03f, 0.13f, 0.13f),
            Noise.Step(90f, 18f, distance));
        return Air(Vector3.Lerp(deep, sum / Samples, fresnel), distance, direction);
    }
}
