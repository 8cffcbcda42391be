namespace Atelier.Engine.OpenCl;

/// <summary>The transform of 3×3 filters for F(4×4, 3×3), the algorithm of Kernels/winograd.cl: G·g·Gᵀ.</summary>
internal static class WinogradFilter
{
    /// <summary>Number of transformed values.</summary>
    internal const int Places = Side * Side;

    private const int Side = 6, Taps = 3;

    // Lavin and Gray 2016, with the points of interpolation 0, ±5/8, ±3/2 and infinity, a row for each.
    private static readonly double[,] G =
    {
        { 256 / 225.0, 0, 0 },
        { -2048 / 2975.0, -256 / 595.0, -32 / 119.0 },
        { -2048 / 2975.0, 256 / 595.0, -32 / 119.0 },
        { 128 / 1071.0, 64 / 357.0, 32 / 119.0 },
        { 128 / 1071.0, -64 / 357.0, 32 / 119.0 },
        { 0, 0, 1 },
    };

    /// <summary>Transforms a filter, in double precision.</summary>
    /// <param name="taps">3 × 3 values.</param>
    /// <param name="target">Receives 6 × 6 values, each a step behind the one before.</param>
    /// <param name="step">The step.</param>
    internal static void Transform(ReadOnlySpan<float> taps, Span<float> target, int step)
    {
        Span<double> half = stackalloc double[Side * Taps];
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Taps; column++)
            {
                for (int tap = 0; tap < Taps; tap++)
                    half[(row * Taps) + column] += G[row, tap] * taps[(tap * Taps) + column];
            }
        }

        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                double sum = 0;
                for (int tap = 0; tap < Taps; tap++)
                    sum += half[(row * Taps) + tap] * G[column, tap];
                target[((row * Side) + column) * step] = (float)sum;
            }
        }
    }
}
