namespace Atelier.Engine.Cpu.Kernels;

/// <summary>The operation applied to the rows of a convolution while they are in the cache.</summary>
internal enum Epilogue
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Forward: negative values become zero; signs are stored if storage is given.</summary>
    Relu,

    /// <summary>Backward: values whose sign was not positive become zero.</summary>
    ReluBackward,
}

/// <summary>max(0, x) and its gradient, over a row whose length is a multiple of sixteen.</summary>
internal static unsafe class ReluKernels<T> where T : struct, ILanes<T>
{
    /// <summary>Finishes values of a convolution.</summary>
    internal static void Apply(Epilogue epilogue, float* values, int count, ushort* signs)
    {
        switch (epilogue)
        {
            case Epilogue.Relu: Forward(values, count, signs); break;
            case Epilogue.ReluBackward: Backward(values, count, signs); break;
        }
    }

    /// <summary>Finishes some channels of neighboring pixels, which were computed elsewhere, and stores them in a
    /// map.</summary>
    /// <param name="epilogue">The operation to apply.</param>
    /// <param name="values">The values of the first pixel; they are overwritten.</param>
    /// <param name="step">Floats from a pixel's values to the next pixel's.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="channels">Number of channels, a multiple of sixteen.</param>
    /// <param name="target">Receives the values of the first pixel.</param>
    /// <param name="stride">Floats from one pixel of the map to the next.</param>
    /// <param name="signs">The word of the first sixteen of them; null for none.</param>
    internal static void Store(
        Epilogue epilogue, float* values, int step, int pixels, int channels, float* target, int stride, ushort* signs)
    {
        for (int x = 0; x < pixels; x++)
        {
            Apply(epilogue, values, channels, signs);
            for (int c = 0; c < channels; c += T.Count)
                T.Store(T.Load(values + c), target + c);
            values += step;
            target += stride;
            signs = signs is null ? null : signs + (stride / 16);
        }
    }

    /// <summary>values = max(0, values); a bit for each positive one goes to <paramref name="signs"/>,
    /// if that is not null.</summary>
    internal static void Forward(float* values, int count, ushort* signs)
    {
        for (int i = 0; i < count; i += 16)
        {
            uint word = 0;
            for (int lane = 0; lane < 16; lane += T.Count)
            {
                T value = T.Load(values + i + lane);
                word |= T.GreaterBits(value, T.Zero) << lane;
                T.Store(T.Max(T.Zero, value), values + i + lane);
            }

            if (signs is not null)
            {
                signs[i / 16] = (ushort)word;
            }
        }
    }

    /// <summary>Zeroes the values whose bit is not set.</summary>
    internal static void Backward(float* values, int count, ushort* signs)
    {
        for (int i = 0; i < count; i += 16)
        {
            uint word = signs[i / 16];
            for (int lane = 0; lane < 16; lane += T.Count)
                T.Store(T.Keep(word >> lane, T.Load(values + i + lane)), values + i + lane);
        }
    }
}
