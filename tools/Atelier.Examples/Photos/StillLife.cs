using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>Fruit and a glazed jug on a striped linen cloth, in the light of a window.</summary>
internal static class StillLife
{
    private const int Width = 832, Height = 1008, Samples = 12;
    private const float Aperture = 0.035f;

    private static readonly Vector3 Eye = new(0.25f, 2.05f, -5.6f), Target = new(0.02f, 0.82f, 0.1f);
    private static readonly Vector3 Window = new(-4.2f, 4.6f, -2.4f);
    private static readonly Vector3 WindowLight = new(4.3f, 3.9f, 3.3f);
    private static readonly RayMarcher Marcher = new(StillLifeScene.Distance);

    public static Canvas Draw()
    {
        Vector3 forward = Vector3.Normalize(Target - Eye),
            right = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, forward));
        Vector3 up = Vector3.Cross(forward, right);
        float focus = Vector3.Dot(new Vector3(0.2f, 0.4f, -0.3f) - Eye, forward);
        Canvas picture = Canvas.Paint(Width, Height, (x, y) =>
        {
            Vector3 sum = Vector3.Zero;
            for (int i = 0; i < Samples; i++)
            {
                Dice dice = new(x, y, i);
                float u = (x + dice.Next() - (Width / 2f)) / 1330f, v = ((Height / 2f) - y - dice.Next()) / 1330f;
                Vector3 sharp = Eye + ((forward + (right * u) + (up * v)) * focus);
                (float sin, float cos) = MathF.SinCos(MathF.Tau * dice.Next());
                float radius = Aperture * MathF.Sqrt(dice.Next());
                Vector3 lens = Eye + (right * (cos * radius)) + (up * (sin * radius));
                // A very bright sample would stay visible as a speck.
                sum += Vector3.Min(Light(lens, Vector3.Normalize(sharp - lens), ref dice, depth: 0), new Vector3(4f));
            }

            return sum / Samples;
        });
        return picture.Develop(exposure: 0.62f, bloom: 0.08f, contrast: 1.12f, saturation: 1.1f);
    }

    private static Vector3 Light(Vector3 origin, Vector3 direction, ref Dice dice, int depth, bool mirrored = true)
    {
        if (Marcher.March(origin, direction, 14f) is not float distance)
        {
            return Room(direction, mirrored);
        }

        Vector3 place = origin + (direction * distance);
        Vector3 normal = Marcher.Normal(place);
        Surface surface = StillLifeScene.SurfaceAt(place, normal);
        Vector3 lit = WindowOn(place, normal, direction, surface, ref dice);
        Vector3 start = place + (normal * 0.004f);
        if (depth > 0)
        {
            return lit + (surface.Color * new Vector3(0.10f, 0.095f, 0.09f));
        }

        Vector3 around = Light(start, RayMarcher.Scatter(normal, dice.Next(), dice.Next()), ref dice, depth + 1,
            mirrored: false);
        lit += surface.Color * around;
        if (surface.Gloss > 0.1f)
        {
            float fresnel = 0.04f + (0.96f * MathF.Pow(1f - Math.Max(0f, -Vector3.Dot(direction, normal)), 5f));
            lit += Light(start, Vector3.Reflect(direction, normal), ref dice, depth + 1) * (fresnel * surface.Gloss);
        }

        return lit;
    }

    private static Vector3 WindowOn(Vector3 place, Vector3 normal, Vector3 direction, Surface surface, ref Dice dice)
    {
        Vector3 spot = Window + new Vector3((dice.Next() - 0.5f) * 1.2f, (dice.Next() - 0.5f) * 1.8f,
            (dice.Next() - 0.5f) * 1.6f);
        Vector3 to = spot - place;
        float distance = to.Length();
        to /= distance;
        float facing = Vector3.Dot(normal, to);
        if (facing <= 0f || Marcher.March(place + (normal * 0.004f), to, distance, 60) is not null)
        {
            return Vector3.Zero;
        }

        Vector3 half = Vector3.Normalize(to - direction);
        float shine = surface.Gloss * MathF.Pow(Math.Max(0f, Vector3.Dot(normal, half)), surface.Polish) * 1.1f;
        float falloff = 34f / (distance * distance);
        return WindowLight * (falloff * facing) * ((surface.Color * 0.62f) + new Vector3(shine));
    }

    /// <summary>The room behind the camera: dim, with the window panes that glazes mirror. Matt surfaces get the
    /// light of the window directly.</summary>
    private static Vector3 Room(Vector3 direction, bool panes)
    {
        Vector3 toWindow = Vector3.Normalize(Window);
        float across = Vector3.Dot(direction, Vector3.Normalize(Vector3.Cross(Vector3.UnitY, toWindow)));
        bool pane = panes && Vector3.Dot(direction, toWindow) > 0.8f && MathF.Abs(across) is > 0.03f and < 0.3f
            && MathF.Abs(direction.Y - 0.68f) is > 0.02f and < 0.24f;
        return (pane ? WindowLight * 1.5f : Vector3.Zero)
            + Vector3.Lerp(new Vector3(0.20f, 0.16f, 0.13f), new Vector3(0.42f, 0.44f, 0.48f),
                0.5f + (0.5f * direction.Y));
    }
}
