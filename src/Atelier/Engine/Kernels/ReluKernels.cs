namespace Atelier.Engine.Kernels;

/// <summary>max(0, x) and its gradient, over a row whose length is a multiple of sixteen.</summary>
internal static unsafe class ReluKernels<T> where T : struct, ILanes<T>
{
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
