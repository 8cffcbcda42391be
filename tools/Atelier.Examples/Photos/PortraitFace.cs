using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>The head of <see cref="Portrait"/> without its hair, facing -z: the chin at y = -1, the eyes at 0 and the
/// crown at 1.</summary>
internal static class PortraitFace
{
    private const float EyeRadius = 0.17f, IrisRadius = 0.067f, MouthWidth = 0.235f;

    private static readonly Vector3 Eye = new(0.285f, 0f, -0.55f);

    /// <summary>Distance to the skin.</summary>
    public static float Skin(Vector3 p)
    {
        Vector3 m = p with { X = MathF.Abs(p.X) };
        float skull = RayMarcher.Ellipsoid(p - new Vector3(0f, 0.3f, 0.14f), new Vector3(0.69f, 0.7f, 0.84f));
        float front = RayMarcher.Ellipsoid(p - new Vector3(0f, -0.2f, -0.22f), new Vector3(0.55f, 0.74f, 0.58f));
        float distance = RayMarcher.Blend(skull, front, 0.22f);
        if (distance > 0.4f)
        {
            return distance - 0.25f;
        }

        float jaw = RayMarcher.Limb(m, new(0.4f, -0.5f, 0f), new(0.12f, -0.84f, -0.5f), 0.13f, -0.01f);
        float chin = (m - new Vector3(0f, -0.84f, -0.59f)).Length() - 0.14f;
        float cheek = (m - new Vector3(0.34f, -0.18f, -0.5f)).Length() - 0.2f;
        float brow = RayMarcher.Limb(m, new(0.05f, 0.15f, -0.72f), new(0.42f, 0.17f, -0.56f), 0.065f, 0f);
        float muzzle = RayMarcher.Ellipsoid(m - new Vector3(0f, -0.52f, -0.55f), new Vector3(0.25f, 0.22f, 0.24f));
        distance = RayMarcher.Blend(distance, RayMarcher.Blend(jaw, chin, 0.15f), 0.2f);
        distance = RayMarcher.Blend(distance, Math.Min(cheek, brow), 0.14f);
        distance = RayMarcher.Blend(distance, muzzle, 0.15f);
        distance = RayMarcher.Blend(WithEye(m, distance), Nose(m), 0.08f);
        distance = RayMarcher.Blend(distance, Ear(m), 0.04f);
        return (RayMarcher.Cut(distance, Nostril(m), 0.02f) - Mouth(p).Relief) * 0.85f;
    }

    /// <summary>Distance to the eyeballs.</summary>
    public static float Eyes(Vector3 p) => (p with { X = MathF.Abs(p.X) } - Eye).Length() - EyeRadius;

    /// <summary>Distance to the pearl below each ear.</summary>
    public static float Pearls(Vector3 p)
        => (p with { X = MathF.Abs(p.X) } - new Vector3(0.665f, -0.43f, 0.04f)).Length() - 0.05f;

    /// <summary>The skin at a place, with lips, brows and lashes.</summary>
    public static Surface SkinAt(Vector3 p)
    {
        Vector3 m = p with { X = MathF.Abs(p.X) };
        float mottle = Noise.Fbm(p.X * 5f, p.Y * 5f, p.Z * 5f, 4, 61);
        Vector3 color = Palette.Light(0xDDAE94) * (1f + (0.1f * mottle));
        float flush = Bump(m - new Vector3(0.36f, -0.24f, -0.66f), 0.2f)
            + (0.7f * Bump(m - new Vector3(0f, -0.28f, -1f), 0.13f))
            + (0.6f * Bump(m - new Vector3(0.7f, -0.1f, 0.1f), 0.25f));
        color = Vector3.Lerp(color, Palette.Light(0xCB7A66), Math.Min(0.38f * flush, 1f));
        if (p.Z > -0.3f)
        {
            return new Surface(color, 0.16f, 14f) { Translucence = 1f };
        }

        float socket = Bump((m - new Vector3(0.28f, 0.02f, -0.7f)) * new Vector3(1f, 1.5f, 1f), 0.15f);
        color = Vector3.Lerp(color, Palette.Light(0xB9795F), 0.5f * socket);
        (float _, float lip, float gap) = Mouth(p);
        float creases = 1f + (0.3f * Noise.Gradient(p.X * 45f, p.Y * 8f, 62));
        color = Vector3.Lerp(color, Palette.Light(0xB65A55) * creases, lip);
        color *= 1f - (0.8f * gap);
        (float lid, float height) = Opening(m);
        float lashes = height > 0f ? 1f - Noise.Step(0.006f, 0.022f, lid) : 0.35f * (1f - Noise.Step(0f, 0.014f, lid));
        float hair = Math.Max(Brow(m), lashes);
        color = Vector3.Lerp(color, Palette.Light(0x2A1A14), hair);
        return new Surface(color, Noise.Lerp(0.16f, 0.5f, lip) * (1f - hair), Noise.Lerp(14f, 40f, lip))
        {
            Translucence = 1f - hair,
        };
    }

    /// <summary>An eye at a place of its ball: white, iris and pupil under a bulging cornea.</summary>
    public static Surface EyeAt(Vector3 p, Vector3 gaze)
    {
        Vector3 center = Eye with { X = MathF.CopySign(Eye.X, p.X) };
        Vector3 normal = Vector3.Normalize(p - center);
        Vector3 aside = normal - (gaze * Vector3.Dot(normal, gaze));
        float radius = aside.Length() * EyeRadius / IrisRadius;
        float angle = MathF.Atan2(aside.Y, aside.X);
        float rays = Noise.Gradient(angle * 9f, radius * 1.6f, 63);
        Vector3 iris = Vector3.Lerp(Palette.Light(0x8A7A42), Palette.Light(0x3F6470),
            Noise.Step(0.4f, 0.8f, radius + (0.1f * rays)));
        iris *= (1.1f + (0.5f * rays)) * (1f - (0.75f * Noise.Step(0.78f, 1f, radius)));
        iris *= Noise.Step(0.36f, 0.46f, radius);
        // Deep in the corners the white is pink and lies in the shadow of the lids.
        (float lid, float _) = Opening(p with { X = MathF.Abs(p.X) });
        Vector3 white = Vector3.Lerp(Palette.Light(0xB98F86), Palette.Light(0xE2DAD2), Noise.Step(0f, 0.035f, -lid));
        bool isIris = radius < 1f;
        return new Surface(Vector3.Lerp(iris, white, Noise.Step(0.94f, 1.06f, radius)), 1f, 400f)
        {
            Coat = isIris ? Vector3.Normalize(gaze + (aside * (0.75f * EyeRadius / IrisRadius))) : normal,
        };
    }

    private static float WithEye(Vector3 m, float distance)
    {
        float socket = RayMarcher.Ellipsoid(m - new Vector3(0.28f, 0.005f, -0.82f), new Vector3(0.19f, 0.11f, 0.16f));
        distance = RayMarcher.Cut(distance, socket, 0.12f);
        float ball = (m - Eye).Length();
        distance = RayMarcher.Blend(distance, ball - EyeRadius - 0.018f, 0.06f);
        if (ball > 0.4f)
        {
            return distance;
        }

        (float lid, float height) = Opening(m);
        // The crease of the upper lid.
        float crease = height > 0f ? 0.012f * MathF.Exp(-MathF.Pow((lid - 0.042f) / 0.011f, 2f)) : 0f;
        return RayMarcher.Cut(distance + crease, Math.Max(lid, m.Z - Eye.Z), 0.012f);
    }

    /// <summary>The distance in the plane to the almond between the lids, and the height above its middle.</summary>
    private static (float Distance, float Height) Opening(Vector3 m)
    {
        const float Half = 0.14f, Upper = 0.057f, Lower = 0.042f;
        const float UpperArc = ((Half * Half) + (Upper * Upper)) / (2f * Upper);
        const float LowerArc = ((Half * Half) + (Lower * Lower)) / (2f * Lower);
        float x = m.X - Eye.X, y = m.Y - (0.1f * x);
        float above = new Vector2(x + 0.015f, y - Upper + UpperArc).Length() - UpperArc;
        float below = new Vector2(x - 0.015f, y + Lower - LowerArc).Length() - LowerArc;
        return (Math.Max(above, below), y);
    }

    private static float Nose(Vector3 m)
    {
        float bridge = RayMarcher.Limb(m, new(0f, 0.1f, -0.705f), new(0f, -0.26f, -0.9f), 0.055f, 0.015f);
        float tip = (m - new Vector3(0f, -0.27f, -0.93f)).Length() - 0.078f;
        float wing = RayMarcher.Ellipsoid(m - new Vector3(0.085f, -0.305f, -0.835f), new Vector3(0.05f, 0.05f, 0.07f));
        return RayMarcher.Blend(RayMarcher.Blend(bridge, tip, 0.05f), wing, 0.045f);
    }

    private static float Nostril(Vector3 m)
        => RayMarcher.Ellipsoid(m - new Vector3(0.05f, -0.352f, -0.885f), new Vector3(0.026f, 0.02f, 0.042f));

    private static float Ear(Vector3 m)
    {
        Vector3 q = m - new Vector3(0.64f, -0.07f, 0.1f);
        // Ears lean back and stand off the head behind.
        q = new(q.X - (0.45f * q.Z), q.Y - (0.2f * q.Z), q.Z + (0.2f * q.Y));
        float shell = RayMarcher.Ellipsoid(q, new Vector3(0.065f, 0.26f, 0.16f));
        float bowl = RayMarcher.Ellipsoid(q - new Vector3(0.065f, 0.02f, -0.02f), new Vector3(0.055f, 0.17f, 0.09f));
        return RayMarcher.Cut(shell, bowl, 0.05f);
    }

    /// <summary>The mouth as a relief on the face, how much of a place is lip, and how deep it lies between the
    /// lips.</summary>
    private static (float Relief, float Lip, float Gap) Mouth(Vector3 p)
    {
        float u = p.X / MouthWidth;
        if (MathF.Abs(u) > 1.25f || p.Z > -0.3f || MathF.Abs(p.Y + 0.55f) > 0.25f)
        {
            return default;
        }

        float full = MathF.Pow(Math.Max(1f - (u * u), 0f), 0.7f);
        float bow = MathF.Exp(-MathF.Pow(p.X / 0.045f, 2f));
        float y = p.Y + 0.565f - (0.028f * u * u) + (0.006f * bow);
        float height = (y > 0f ? 0.068f * (1f - (0.16f * bow)) : 0.088f) * full;
        float t = MathF.Abs(y) / Math.Max(height, 1e-3f);
        float gap = MathF.Exp(-MathF.Pow(y / 0.009f, 2f)) * (1f - Noise.Step(0.9f, 1.08f, MathF.Abs(u)));
        float lip = (1f - Noise.Step(0.85f, 1.1f, t)) * Noise.Step(0f, 0.2f, full);
        float swell = t < 1f ? MathF.Sqrt(1f - (t * t)) * full : 0f;
        float hollow = (0.010f * bow * Bump(new Vector3(0f, p.Y + 0.43f, 0f), 0.06f))
            + (0.02f * Bump(new Vector3(p.X * 0.4f, p.Y + 0.70f, 0f), 0.045f));
        return ((0.036f * swell) - (0.024f * gap) - hollow, lip, gap);
    }

    /// <summary>How much of a place is eyebrow: fine hairs along an arch.</summary>
    private static float Brow(Vector3 m)
    {
        float t = (m.X - 0.1f) / 0.37f;
        if (t is < -0.1f or > 1.1f)
        {
            return 0f;
        }

        float arch = 0.19f + (0.045f * MathF.Sin(MathF.Min(t, 1f) * 2.5f));
        float thick = 0.042f * (1f - (0.5f * t)) * Noise.Step(-0.1f, 0.12f, t) * (1f - Noise.Step(0.9f, 1.1f, t));
        float across = MathF.Abs(m.Y - arch) / Math.Max(thick, 1e-3f);
        float hairs = Noise.Gradient((m.X * 60f) - (m.Y * 45f), m.Y * 10f, 64);
        return (1f - Noise.Step(0.35f, 1.15f, across + (0.35f * hairs))) * 0.88f;
    }

    private static float Bump(Vector3 offset, float width) => MathF.Exp(-offset.LengthSquared() / (width * width));
}
