namespace Atelier.Examples.Photos;

/// <summary>Numbers in [0, 1) for one sample of one pixel. Each throw steps evenly from sample to sample,
/// from a start that differs between pixels, which leaves less grain than independent numbers.</summary>
internal struct Dice(int x, int y, int sample)
{
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
    private static readonly float[] Strides = [.. Primes.Select(prime => MathF.Sqrt(prime) % 1f)];

    private int _throws;

    public float Next()
    {
        float place = Noise.Unit(x, y, _throws) + (sample * Strides[_throws & 15]);
        _throws++;
        return place - MathF.Floor(place);
    }
}
