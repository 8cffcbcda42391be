using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>The things on the table of <see cref="StillLife"/>.</summary>
internal static class StillLifeScene
{
    private static readonly Vector3 Jug = new(-0.62f, 0f, 0.75f);
    private static readonly Vector3 Pear = new(0.62f, 0f, 0.55f);
    private static readonly Vector3 Lemon = new(0.16f, 0.25f, -0.95f);
    private static readonly Vector3 Orange = new(-0.28f, 0.39f, -0.28f);
    private static readonly Vector3 Cluster = new(-1.08f, 0.26f, -0.55f);
    private static readonly Vector3[] Apples = [new(0.52f, 0.40f, -0.32f), new(1.22f, 0.40f, 0.05f)];
    private static readonly Vector4[] Grapes = PlaceGrapes();

    private enum Thing { Cloth, Wall, Jug, Pear, Lemon, Orange, Grape, RedApple, GreenApple, Stalk }

    public static float Distance(Vector3 p) => Nearest(p).Distance;

    public static Surface SurfaceAt(Vector3 p, Vector3 normal)
    {
        float fine = Noise.Fbm(p.X * 9f, p.Y * 9f, p.Z * 9f, 4, 3),
            speck = Noise.Value(p.X * 40f, p.Y * 40f, p.Z * 40f, 5);
        switch (Nearest(p).Thing)
        {
            case Thing.Cloth:
                return new Surface(Linen(p), 0f, 1f);
            case Thing.Wall:
                float plaster = Noise.Fbm(p.X * 1.3f, p.Y * 1.3f, p.Z, 5, 9);
                return new Surface(Palette.Light(0x7D8272) * (0.75f + (0.6f * plaster)), 0f, 1f);
            case Thing.Jug:
                return new Surface(Glaze(p - Jug, fine), 0.9f, 500f);
            case Thing.Pear:
                float blush = Noise.Step(-0.1f, 0.5f, (p.X - Pear.X) + (0.5f * fine));
                Vector3 pear = Vector3.Lerp(Palette.Light(0xC9B83A), Palette.Light(0xC0662E), blush * 0.8f);
                return new Surface(pear * (1f - (0.5f * Noise.Step(0.45f, 0.75f, speck))), 0.25f, 50f);
            case Thing.Lemon:
                return new Surface(Palette.Light(0xF2CB16) * (0.95f + (0.2f * fine)), 0.4f, 60f);
            case Thing.Orange:
                return new Surface(Palette.Light(0xEE7A0E) * (0.95f + (0.2f * fine)), 0.4f, 45f);
            case Thing.Grape:
                float bloom = Noise.Step(0f, 0.5f, fine + (0.4f * normal.Y));
                return new Surface(Vector3.Lerp(Palette.Light(0x3A1238), Palette.Light(0x6A5A86), bloom * 0.6f), 0.8f,
                    160f);
            case Thing.RedApple:
                return new Surface(Peel(p - Apples[0], 0x9E0F14, 0xD9A23A), 0.7f, 180f);
            case Thing.GreenApple:
                return new Surface(Peel(p - Apples[1], 0x86A02A, 0xC8C256), 0.7f, 180f);
            default:
                return new Surface(Palette.Light(0x3B2817), 0f, 1f);
        }
    }

    private static Vector3 Peel(Vector3 p, uint skin, uint streak)
    {
        float angle = MathF.Atan2(p.Z, p.X);
        float stripes = Noise.Fbm(MathF.Cos(angle) * 7f, p.Y * 1.5f, MathF.Sin(angle) * 7f, 4, 15);
        float top = Noise.Step(0.1f, 0.42f, p.Y) * 0.5f,
            speck = Noise.Step(0.62f, 0.8f, Noise.Value(p.X * 34f, p.Y * 34f, p.Z * 34f, 6));
        float mix = Math.Clamp((stripes * 1.6f) + top + (speck * 0.5f), 0f, 1f);
        return Vector3.Lerp(Palette.Light(skin), Palette.Light(streak), mix);
    }

    private static Vector3 Linen(Vector3 p)
    {
        float thread = (0.06f * MathF.Sin(p.X * 210f)) + (0.06f * MathF.Sin(p.Z * 210f))
            + (0.1f * Noise.Value(p.X * 60f, p.Y, p.Z * 60f, 8));
        float across = MathF.Abs((((p.X * 0.94f) + (p.Z * 0.34f) + 10.12f) % 0.62f) - 0.31f);
        bool stripe = across is < 0.05f or (> 0.085f and < 0.1f);
        return Palette.Light(stripe ? 0x2C4A86u : 0xEDE6D6u) * (0.92f + thread);
    }

    private static Vector3 Glaze(Vector3 p, float fine)
    {
        float angle = MathF.Atan2(p.Z, p.X), petal = 0.1f * MathF.Abs(MathF.Sin(angle * 5f));
        bool blue = p.Y is > 1.26f and < 1.31f or > 0.22f and < 0.26f or > 1.36f and < 1.38f
            || MathF.Abs(p.Y - 0.74f) < 0.16f + petal && MathF.Abs(p.Y - 0.74f) > 0.11f + petal
            || MathF.Abs(p.Y - 0.74f) < 0.07f * (1f + MathF.Cos(angle * 10f)) * 0.6f;
        return (blue ? Palette.Light(0x1F3C94) : Palette.Light(0xE9E4D6)) * (0.93f + (0.16f * fine));
    }

    private static (float Distance, Thing Thing) Nearest(Vector3 p)
    {
        (float Distance, Thing Thing) best = (2.6f - p.Z, Thing.Wall);
        // Folds matter only close to the cloth.
        Closer(ref best, p.Y > 0.35f ? p.Y - 0.15f : (p.Y - Folds(p.X, p.Z)) * 0.85f, Thing.Cloth);
        Vector3 jug = p - Jug;
        if (Near(ref best, jug - new Vector3(0.1f, 1f, 0f), 1.35f))
        {
            Closer(ref best, JugDistance(jug), Thing.Jug);
        }

        if (Near(ref best, p - Pear - new Vector3(0f, 0.6f, 0f), 0.85f))
        {
            Vector3 q = p - Pear;
            float body = RayMarcher.Blend((q - new Vector3(0f, 0.42f, 0f)).Length() - 0.42f,
                (q - new Vector3(0.03f, 0.95f, 0f)).Length() - 0.17f, 0.55f);
            Closer(ref best, body * 0.9f, Thing.Pear);
            Closer(ref best, Stick(q, new Vector3(0.03f, 1.1f, 0f), new Vector3(0.1f, 1.36f, 0.02f)), Thing.Stalk);
        }

        if (Near(ref best, p - Lemon, 0.5f))
        {
            Closer(ref best, LemonDistance(p - Lemon), Thing.Lemon);
        }

        float round = (p - Orange).Length() - 0.39f;
        Closer(ref best, round > 0.1f ? round : round + (0.0016f * Noise.Value(p.X * 60f, p.Y * 60f, p.Z * 60f, 21)),
            Thing.Orange);
        for (int i = 0; i < Apples.Length; i++)
        {
            NearestApple(ref best, p - Apples[i], Thing.RedApple + i);
        }

        if (Near(ref best, p - Cluster, 0.75f))
        {
            foreach (Vector4 grape in Grapes)
            {
                Closer(ref best, (p - new Vector3(grape.X, grape.Y, grape.Z)).Length() - grape.W, Thing.Grape);
            }
        }

        return best;
    }

    private static float Folds(float x, float z)
        => (0.065f * Noise.Gradient((x * 1.1f) + (0.7f * z), z * 0.5f, 31))
            + (0.014f * Noise.Gradient(x * 4f, z * 2.5f, 32));

    private static float LemonDistance(Vector3 p)
    {
        // Turned so that the long axis is x.
        Vector3 q = new((p.X * 0.92f) + (p.Z * 0.39f), p.Y, (p.Z * 0.92f) - (p.X * 0.39f));
        float body = (q * new Vector3(0.72f, 1f, 1f)).Length() - 0.255f;
        float tip = (q with { X = MathF.Abs(q.X) - 0.36f }).Length() - 0.05f;
        float peel = 0.0015f * Noise.Value(p.X * 50f, p.Y * 50f, p.Z * 50f, 22);
        return (RayMarcher.Blend(body, tip, 0.12f) * 0.9f) + peel;
    }

    private static void NearestApple(ref (float, Thing) best, Vector3 q, Thing thing)
    {
        // A ring thicker than its hole has the dimples of an apple; the lower half is slimmer.
        float slim = 1f + (0.16f * Math.Max(0f, -q.Y));
        float ring = (MathF.Sqrt((q.X * q.X) + (q.Z * q.Z)) * slim) - 0.15f;
        Closer(ref best, (MathF.Sqrt((ring * ring) + (q.Y * q.Y * 0.8f)) - 0.33f) * 0.85f, thing);
        Closer(ref best, Stick(q, new Vector3(0f, 0.22f, 0f), new Vector3(0.07f, 0.5f, 0.03f)), Thing.Stalk);
    }

    private static float JugDistance(Vector3 p)
    {
        float y = Math.Clamp(p.Y, 0f, 1.95f), t = y / 1.95f;
        float belly = 0.36f + (0.26f * MathF.Sin(MathF.Min(t * 1.45f, 1f) * MathF.PI)),
            neck = 0.09f * Noise.Step(0.82f, 1f, t);
        float radius = belly - (0.1f * Noise.Step(0.55f, 0.75f, t)) + neck;
        float around = MathF.Sqrt((p.X * p.X) + (p.Z * p.Z));
        float wall = MathF.Abs(around - radius + 0.03f) - 0.03f;
        // Below the neck the jug is solid, above it a thin wall.
        float side = y < 1.3f ? around - radius : wall;
        float body = Math.Max(side * 0.72f, MathF.Abs(p.Y - 0.975f) - 0.975f);
        Vector2 loop = new(p.X - 0.42f, p.Y - 1.38f);
        float handle = MathF.Sqrt(MathF.Pow(loop.Length() - 0.3f, 2f) + (p.Z * p.Z)) - 0.055f;
        return RayMarcher.Blend(body, Math.Max(handle, 0.29f - around), 0.06f);
    }

    private static float Stick(Vector3 p, Vector3 from, Vector3 to) => RayMarcher.Limb(p, from, to, 0.014f, 0.012f);

    private static bool Near(ref (float Distance, Thing Thing) best, Vector3 fromCenter, float radius)
    {
        float bound = fromCenter.Length() - radius;
        if (bound > 0.15f)
        {
            best.Distance = Math.Min(best.Distance, bound);
            return false;
        }

        return true;
    }

    private static void Closer(ref (float Distance, Thing Thing) best, float distance, Thing thing)
    {
        if (distance < best.Distance)
        {
            best = (distance, thing);
        }
    }

    private static Vector4[] PlaceGrapes()
    {
        Random random = new(4);
        List<Vector4> grapes = [];
        for (int attempt = 0; attempt < 4000 && grapes.Count < 34; attempt++)
        {
            Vector3 offset = new((random.NextSingle() - 0.5f) * 1.05f, random.NextSingle() * 0.42f,
                (random.NextSingle() - 0.5f) * 0.75f);
            float radius = 0.105f + (0.025f * random.NextSingle());
            Vector3 place = new(Cluster.X + offset.X, radius + offset.Y, Cluster.Z + offset.Z);
            bool inHeap = (offset / new Vector3(0.52f, 0.42f, 0.38f)).LengthSquared() < 1f;
            if (inHeap && grapes.TrueForAll(other => Vector3.Distance(
                place, new Vector3(other.X, other.Y, other.Z)) > 0.82f * (radius + other.W)))
            {
                grapes.Add(new Vector4(place, radius));
            }
        }

        return [.. grapes];
    }
}
