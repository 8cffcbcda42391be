using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>A woman in a striped shirt, lit by a window on the left, before a garden out of focus.</summary>
internal static class Portrait
{
    private const int Width = 600, Height = 800, Samples = 5;
    private const float Focal = 1390f;

    private static readonly Vector3 Eye = new(0f, -0.4f, -7.5f), Middle = new(0.02f, -0.56f, 0f);
    private static readonly Vector3 Window = new(-4.4f, 3.0f, -3.4f), WindowLight = new(2.7f, 2.45f, 2.15f);
    private static readonly Vector3 Sun = Vector3.Normalize(new Vector3(0.75f, 0.55f, 0.6f));
    private static readonly Vector3 SunLight = new(2.2f, 1.7f, 1.1f);
    private static readonly RayMarcher Marcher = new(PortraitScene.Distance);

    public static Canvas Draw()
    {
        Canvas garden = Garden();
        Vector3 forward = Vector3.Normalize(Middle - Eye);
        Vector3 right = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, forward)), up = Vector3.Cross(forward, right);
        Canvas picture = Canvas.Paint(Width, Height, (x, y) =>
        {
            Vector3 sum = Vector3.Zero;
            for (int i = 0; i < Samples; i++)
            {
                Dice dice = new(x, y, i);
                float u = (x + dice.Next() - (Width / 2f)) / Focal, v = ((Height / 2f) - y - dice.Next()) / Focal;
                Vector3 direction = Vector3.Normalize(forward + (right * u) + (up * v));
                Vector3 start = Eye + (direction * 5f);
                sum += Marcher.March(start, direction, 5f, 90) is float distance
                    ? Vector3.Min(Light(start + (direction * distance), direction, ref dice), new Vector3(4f))
                    : garden[x, y];
            }

            return sum / Samples;
        });
        return picture.Develop(exposure: 0.64f, bloom: 0.08f, contrast: 1.08f, saturation: 0.95f);
    }

    private static Vector3 Light(Vector3 place, Vector3 direction, ref Dice dice)
    {
        Vector3 normal = Marcher.Normal(place);
        Surface surface = PortraitScene.SurfaceAt(place, normal, Eye);
        Vector3 start = place + (normal * 0.012f);
        Vector3 spot = Window + new Vector3(dice.Next() - 0.5f, (dice.Next() - 0.5f) * 1.6f, dice.Next() - 0.5f);
        Vector3 lit = Lamp(start, Vector3.Normalize(spot - place), WindowLight, normal, direction, surface)
            + Lamp(start, Sun, SunLight, normal, direction, surface);
        Vector3 around = RayMarcher.Scatter(normal, dice.Next(), dice.Next());
        bool isOpen = Marcher.March(start, around, 1.2f, 24) is null;
        // What hides the sky is mostly skin and hair, which send some warm light themselves.
        return lit + (surface.Color * (isOpen ? Sky(around) : new Vector3(0.14f, 0.09f, 0.07f)));
    }

    private static Vector3 Lamp(
        Vector3 start, Vector3 to, Vector3 light, Vector3 normal, Vector3 direction, Surface surface)
    {
        float facing = Vector3.Dot(normal, to);
        // In skin, red light travels farthest below the surface and crosses the border of the shadow.
        Vector3 lit = light * surface.Color * new Vector3(0.08f, 0.03f, 0.018f)
            * (surface.Translucence * MathF.Exp(-facing * facing * 9f));
        if (facing <= 0f || Marcher.March(start, to, 3f, 40) is not null)
        {
            return lit;
        }

        Vector3 half = Vector3.Normalize(to - direction);
        if (surface.Fiber != Vector3.Zero)
        {
            float along = Vector3.Dot(surface.Fiber, half), lean = Vector3.Dot(surface.Fiber, to);
            float shine = MathF.Pow(Math.Max(0f, 1f - (along * along)), surface.Polish) * surface.Gloss;
            float matt = MathF.Sqrt(Math.Max(0f, 1f - (lean * lean)));
            return lit + (light * facing * surface.Color * (matt + (4f * shine)));
        }

        Vector3 coat = surface.Coat == Vector3.Zero ? normal : surface.Coat;
        float gloss = surface.Gloss * MathF.Pow(Math.Max(0f, Vector3.Dot(coat, half)), surface.Polish);
        return lit + (light * facing * ((surface.Color * 0.85f) + new Vector3(gloss)));
    }

    private static Vector3 Sky(Vector3 direction)
        => Vector3.Lerp(new Vector3(0.22f, 0.17f, 0.13f), new Vector3(0.40f, 0.46f, 0.52f), 0.5f + (0.5f * direction.Y))
            * (0.75f - (0.25f * direction.X));

    /// <summary>Leaves and lights far out of focus.</summary>
    private static Canvas Garden()
    {
        Canvas garden = Canvas.Paint(Width, Height, (x, y) =>
        {
            float u = x / (float)Width, v = y / (float)Height;
            Vector3 color = Vector3.Lerp(new Vector3(0.05f, 0.10f, 0.10f), new Vector3(0.26f, 0.24f, 0.11f),
                Noise.Step(0.1f, 1.1f, u + (0.4f * (1f - v)) - 0.2f));
            return color * (0.9f + (0.8f * Noise.Fbm(u * 3f, v * 4f, 3, 81)));
        });
        Random random = new(12);
        Palette lights = new(0x2E5A3A, 0x7C8A36, 0xC9A24A, 0x3F7A76);
        for (int i = 0; i < 70; i++)
        {
            Vector2 place = new(random.NextSingle() * Width, random.NextSingle() * Height * 0.8f);
            float size = (0.02f + (0.045f * random.NextSingle())) * Width;
            garden.Dot(place, size, lights.At(random.NextSingle()) * 0.7f, 0.12f + (0.25f * random.NextSingle()));
        }

        return garden.Blurred(Width / 120f);
    }
}
