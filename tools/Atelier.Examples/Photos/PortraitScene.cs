using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>The sitter of <see cref="Portrait"/>: the turned head, hair, neck and a striped shirt.</summary>
internal static class PortraitScene
{
    private static readonly Quaternion Turn = Quaternion.CreateFromYawPitchRoll(0.30f, 0.02f, 0.06f);
    private static readonly Quaternion Back = Quaternion.Conjugate(Turn);
    private static readonly Vector3 Nape = new(0f, -0.8f, 0.15f);
    // From strand to strand.
    private static readonly Vector3 AcrossSlope = Vector3.Normalize(new Vector3(0.35f, 0.3f, 1f));

    private enum Thing { Skin, Eye, Pearl, Hair, Shirt }

    public static float Distance(Vector3 p) => Nearest(p).Distance;

    /// <summary>The surface at a place that the camera sees from <paramref name="eye"/>.</summary>
    public static Surface SurfaceAt(Vector3 p, Vector3 normal, Vector3 eye)
    {
        Vector3 head = InHead(p);
        switch (Nearest(p).Thing)
        {
            case Thing.Skin:
                return PortraitFace.SkinAt(head);
            case Thing.Eye:
                // Not straight into the camera: the head follows the eyes halfway.
                Vector3 gaze = Vector3.Normalize(Vector3.Normalize(InHead(eye)) - (0.5f * Vector3.UnitZ));
                Surface ball = PortraitFace.EyeAt(head, gaze);
                return ball with { Coat = Vector3.Transform(ball.Coat, Turn) };
            case Thing.Pearl:
                return new Surface(Palette.Light(0xE6DCCB), 0.9f, 200f);
            case Thing.Hair:
                float across = Across(head);
                float tone = Noise.Gradient(across * 70f, head.Y * 2f, 71) + Noise.Gradient(across * 16f, head.Y, 72);
                Vector3 brown = Vector3.Lerp(Palette.Light(0x3A2115), Palette.Light(0x7A4726), 0.45f + (0.4f * tone));
                Vector3 fiber = Vector3.Transform(Vector3.Cross(Vector3.Transform(normal, Back), AcrossSlope), Turn);
                return new Surface(brown, 0.5f, 60f) { Fiber = Vector3.Normalize(fiber) };
            default:
                return new Surface(Cloth(p), 0.03f, 8f);
        }
    }

    private static Vector3 InHead(Vector3 p) => Vector3.Transform(p - Nape, Back) + Nape;

    private static (float Distance, Thing Thing) Nearest(Vector3 p)
    {
        Vector3 head = InHead(p);
        float body = Body(p);
        (float Distance, Thing Thing) best = (Shirt(p, body), Thing.Shirt);
        float bound = (head - new Vector3(0f, 0f, 0.1f)).Length() - 1.25f;
        Closer(ref best, bound > 0.3f ? Math.Min(bound, body)
            : RayMarcher.Blend(PortraitFace.Skin(head), body, 0.08f), Thing.Skin);
        if (bound < 0.3f)
        {
            Closer(ref best, PortraitFace.Eyes(head), Thing.Eye);
            Closer(ref best, PortraitFace.Pearls(head), Thing.Pearl);
        }

        Closer(ref best, Hair(head), Thing.Hair);
        return best;
    }

    private static float Body(Vector3 p)
    {
        Vector3 m = p with { X = MathF.Abs(p.X) };
        float chest = RayMarcher.Ellipsoid(m - new Vector3(0f, -2.8f, 0.25f), new Vector3(1.25f, 1.25f, 0.62f));
        float shoulder = RayMarcher.Limb(m, new(0.3f, -1.66f, 0.3f), new(1.1f, -1.92f, 0.25f), 0.24f, 0.08f);
        float arm = RayMarcher.Limb(m, new(1.1f, -1.92f, 0.25f), new(1.35f, -3.4f, 0.1f), 0.32f, 0f);
        float neck = RayMarcher.Limb(m, new(0f, -0.5f, 0.12f), new(0f, -1.6f, 0.3f), 0.32f, 0.03f);
        float torso = RayMarcher.Blend(RayMarcher.Blend(chest, shoulder, 0.35f), arm, 0.1f);
        return RayMarcher.Blend(torso, neck, 0.4f);
    }

    private static float Shirt(Vector3 p, float body)
    {
        if (body > 0.2f)
        {
            return body - 0.1f;
        }

        float folds = (0.035f * Noise.Gradient((p.X * 1.6f) + p.Y, (p.Y * 2.6f) - (p.X * 1.2f), 73))
            + (0.012f * Noise.Gradient((p.X * 5f) - (2f * p.Y), p.Y * 4f, 74));
        float neckline = RayMarcher.Ellipsoid(p - new Vector3(0f, -1.15f, 0f), new Vector3(0.75f, 0.6f, 1.1f));
        return RayMarcher.Cut(body - 0.045f - folds, neckline, 0.03f) * 0.85f;
    }

    private static Vector3 Cloth(Vector3 p)
    {
        float knit = (0.07f * MathF.Sin(p.X * 130f) * MathF.Sin(p.Y * 130f))
            + (0.08f * Noise.Gradient(p.X * 30f, p.Y * 30f, 75));
        float along = p.Y + (0.1f * p.X * p.X) + 10f;
        bool stripe = along % 0.23f < 0.085f;
        return Palette.Light(stripe ? 0x1F3A5Fu : 0xE9E1D2u) * (0.95f + knit);
    }

    /// <summary>A coordinate that changes from strand to strand and hardly along one.</summary>
    private static float Across(Vector3 head)
        => Vector3.Dot(head, AcrossSlope) + (0.03f * MathF.Sin((head.Y * 5f) + (head.X * 2f)));

    private static float Hair(Vector3 p)
    {
        float cap = RayMarcher.Ellipsoid(p - new Vector3(0f, 0.34f, 0.2f), new Vector3(0.8f, 0.76f, 0.88f));
        float fall = RayMarcher.Ellipsoid(p - new Vector3(0f, -0.8f, 0.6f), new Vector3(0.74f, 1.2f, 0.42f));
        float upper = RayMarcher.Limb(p, new(-0.62f, 0.3f, -0.1f), new(-0.72f, -0.8f, 0.1f), 0.17f, 0.05f);
        float lower = RayMarcher.Limb(p, new(-0.72f, -0.8f, 0.1f), new(-0.6f, -1.7f, -0.1f), 0.22f, -0.08f);
        float tress = RayMarcher.Blend(upper, lower, 0.2f);
        float distance = RayMarcher.Blend(RayMarcher.Blend(cap, fall, 0.3f), tress, 0.15f);
        if (distance > 0.2f)
        {
            return distance - 0.08f;
        }

        float face = RayMarcher.Ellipsoid(p - new Vector3(0.02f, -0.1f, -0.8f), new Vector3(0.6f, 0.76f, 0.8f));
        float ear = RayMarcher.Ellipsoid(p - new Vector3(0.78f, -0.25f, -0.05f), new Vector3(0.3f, 0.36f, 0.32f));
        distance = RayMarcher.Cut(distance, Math.Min(face, ear), 0.1f);
        float across = Across(p);
        float parting = 0.025f * MathF.Exp(-MathF.Pow((p.X - 0.1f) / 0.035f, 2f)) * Noise.Step(0.5f, 0.8f, p.Y);
        float strands = (0.035f * Noise.Gradient(across * 7f, p.Y * 0.7f, 76))
            + (0.008f * Noise.Gradient(across * 40f, p.Y * 1.5f, 77));
        return (distance + parting - strands) * 0.75f;
    }

    private static void Closer(ref (float Distance, Thing Thing) best, float distance, Thing thing)
    {
        if (distance < best.Distance)
        {
            best = (distance, thing);
        }
    }
}
