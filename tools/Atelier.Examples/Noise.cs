namespace Atelier.Examples;

/// <summary>Repeatable randomness: hashes of integer positions, and smooth noise made from them.</summary>
internal static class Noise
{
    /// <summary>A number in [0, 1) that depends on nothing but its arguments.</summary>
    public static float Unit(int x, int y, int seed) => (Hash(x, y, seed) >> 8) * (1f / (1 << 24));

    /// <summary>Gradient noise in about [-1, 1], smooth, one bump per unit.</summary>
    public static float Gradient(float x, float y, int seed)
    {
        int ix = (int)MathF.Floor(x), iy = (int)MathF.Floor(y);
        float fx = x - ix, fy = y - iy;
        float u = Fade(fx), v = Fade(fy);
        float top = Lerp(Slope(ix, iy, seed, fx, fy), Slope(ix + 1, iy, seed, fx - 1f, fy), u);
        float bottom = Lerp(Slope(ix, iy + 1, seed, fx, fy - 1f), Slope(ix + 1, iy + 1, seed, fx - 1f, fy - 1f), u);
        return 1.5f * Lerp(top, bottom, v);
    }

    /// <summary>Value noise in [-1, 1] in space.</summary>
    public static float Value(float x, float y, float z, int seed)
    {
        int ix = (int)MathF.Floor(x), iy = (int)MathF.Floor(y), iz = (int)MathF.Floor(z);
        float u = Fade(x - ix), v = Fade(y - iy), w = Fade(z - iz);
        return (2f * Lerp(Slice(ix, iy, iz, u, v, seed), Slice(ix, iy, iz + 1, u, v, seed), w)) - 1f;
    }

    /// <summary>A sum of octaves of gradient noise, each twice as fine and <paramref name="gain"/>
    /// times as strong.</summary>
    public static float Fbm(float x, float y, int octaves, int seed, float gain = 0.5f)
    {
        float sum = 0f, amplitude = 1f;
        for (int octave = 0; octave < octaves; octave++)
        {
            sum += amplitude * Gradient(x, y, seed + octave);
            // Turning each octave hides the lattice.
            (x, y) = ((1.6f * x) + (1.2f * y), (1.6f * y) - (1.2f * x));
            amplitude *= gain;
        }

        return sum * (1f - gain);
    }

    /// <summary>A sum of octaves of value noise in space.</summary>
    public static float Fbm(float x, float y, float z, int octaves, int seed)
    {
        float sum = 0f, amplitude = 0.5f;
        for (int octave = 0; octave < octaves; octave++)
        {
            sum += amplitude * Value(x, y, z, seed + octave);
            (x, y, z) = ((1.62f * x) + (1.2f * z), (2.02f * y) + 17.3f, (1.62f * z) - (1.2f * x));
            amplitude *= 0.5f;
        }

        return sum;
    }

    /// <summary>Octaves of sharp crests in [0, 1]; lower ground is smoother, as scree and valleys are.</summary>
    public static float Ridged(float x, float y, int octaves, int seed)
    {
        float sum = 0f, amplitude = 0.5f, previous = 1f;
        for (int octave = 0; octave < octaves; octave++)
        {
            float crest = 1f - MathF.Abs(Gradient(x, y, seed + octave));
            crest *= crest;
            sum += amplitude * crest * previous;
            previous = crest;
            (x, y) = ((1.6f * x) + (1.2f * y), (1.6f * y) - (1.2f * x));
            amplitude *= 0.5f;
        }

        return sum;
    }

    /// <summary>Linear interpolation.</summary>
    public static float Lerp(float a, float b, float t) => a + ((b - a) * t);

    /// <summary>0 below <paramref name="from"/>, 1 above <paramref name="to"/>, smooth in between.</summary>
    public static float Step(float from, float to, float x)
    {
        float t = Math.Clamp((x - from) / (to - from), 0f, 1f);
        return t * t * (3f - (2f * t));
    }

    private static float Fade(float t) => t * t * t * ((t * ((t * 6f) - 15f)) + 10f);

    private static float Slice(int x, int y, int z, float u, float v, int seed)
    {
        int layer = seed + (z * 7919);
        return Lerp(
            Lerp(Unit(x, y, layer), Unit(x + 1, y, layer), u),
            Lerp(Unit(x, y + 1, layer), Unit(x + 1, y + 1, layer), u), v);
    }

    private static float Slope(int x, int y, int seed, float dx, float dy)
    {
        uint hash = Hash(x, y, seed);
        float gx = ((hash & 0xFFFF) / 32767.5f) - 1f, gy = ((hash >> 16) / 32767.5f) - 1f;
        return (gx * dx) + (gy * dy);
    }

    private static uint Hash(int x, int y, int seed)
    {
        uint h = ((uint)x * 0x8DA6B343u) ^ ((uint)y * 0xD8163841u) ^ ((uint)seed * 0xCB1AB31Fu);
        h = (h ^ (h >> 16)) * 0x7FEB352Du;
        h = (h ^ (h >> 15)) * 0x846CA68Bu;
        return h ^ (h >> 16);
    }
}
