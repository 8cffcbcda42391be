namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Multiplies pixels by one weight each.</summary>
internal static unsafe class PixelWeighting<T> where T : struct, ILanes<T>
{
    /// <summary>target = weight × source for some pixels.</summary>
    /// <param name="source">The first values of the first pixel.</param>
    /// <param name="sourceStep">Number of values from one pixel to the next.</param>
    /// <param name="weights">One for each pixel.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="target">Receives the products, without gaps.</param>
    /// <param name="values">Number of values per pixel, a multiple of the number of lanes.</param>
    internal static void Weigh(
        float* source, nint sourceStep, float* weights, int pixels, float* target, int values)
    {
        for (int pixel = 0; pixel < pixels; pixel++, source += sourceStep, target += values)
        {
            T weight = T.Broadcast(weights[pixel]);
            for (int i = 0; i < values; i += T.Count)
                T.Store(T.Multiply(weight, T.Load(source + i)), target + i);
        }
    }

    /// <summary>target += weight × the same vector for some pixels, without gaps.</summary>
    internal static void AddWeighted(float* vector, float* weights, int pixels, float* target, int values)
    {
        for (int pixel = 0; pixel < pixels; pixel++, target += values)
        {
            T weight = T.Broadcast(weights[pixel]);
            for (int i = 0; i < values; i += T.Count)
                T.Store(T.MultiplyAdd(weight, T.Load(vector + i), T.Load(target + i)), target + i);
        }
    }
}
