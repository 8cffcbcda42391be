namespace Atelier.Engine.Cpu.Kernels;

/// <summary>A row of 2×2 pooling, forward.</summary>
internal readonly unsafe struct PoolJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required Pooling Pooling { get; init; }

    internal required MapView Input { get; init; }

    internal required MapView Output { get; init; }

    /// <summary>The position of each maximum: a word with the low bits of sixteen positions, then one with the high
    /// bits; positions are numbered 0, 1 / 2, 3 from the top left.</summary>
    internal required SignView Places { get; init; }

    public void Execute(int row)
    {
        float* upper = Input.Row(2 * row), lower = Input.Row((2 * row) + 1), output = Output.Row(row);
        ushort* places = Places.Row(row);
        int channels = Output.PixelStride;
        for (int column = 0; column < Output.Width; column++)
        {
            if (Pooling == Pooling.Average)
            {
                Average(upper, lower, output, channels);
            }
            else
            {
                places = Max(upper, lower, output, channels, places);
            }

            upper += 2 * channels;
            lower += 2 * channels;
            output += channels;
        }

        Output.ClearBorder(new Rows(row, row + 1));
    }

    private static void Average(float* upper, float* lower, float* output, int channels)
    {
        T quarter = T.Broadcast(0.25f);
        for (int c = 0; c < channels; c += T.Count)
        {
            T sum = T.Add(
                T.Add(T.Load(upper + c), T.Load(upper + channels + c)),
                T.Add(T.Load(lower + c), T.Load(lower + channels + c)));
            T.Store(T.Multiply(sum, quarter), output + c);
        }
    }

    private static ushort* Max(float* upper, float* lower, float* output, int channels, ushort* places)
    {
        for (int c = 0; c < channels; c += 16)
        {
            uint low = 0, high = 0;
            for (int lane = c; lane < c + 16; lane += T.Count)
            {
                T a = T.Load(upper + lane), b = T.Load(upper + channels + lane);
                T d = T.Load(lower + lane), e = T.Load(lower + channels + lane);
                uint right = T.GreaterBits(b, a), lowerRight = T.GreaterBits(e, d);
                T above = T.Max(b, a), below = T.Max(e, d);
                uint down = T.GreaterBits(below, above);
                low |= ((right & ~down) | (lowerRight & down)) << (lane - c);
                high |= down << (lane - c);
                T.Store(T.Max(below, above), output + lane);
            }

            if (places is not null)
            {
                *places++ = (ushort)low;
                *places++ = (ushort)high;
            }
        }

        return places;
    }
}

/// <summary>Two rows of the gradient of 2×2 pooling with respect to its input, propagated through the ReLU before
/// it.</summary>
internal readonly unsafe struct PoolBackwardJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required Pooling Pooling { get; init; }

    internal required MapView OutputGradient { get; init; }

    internal required MapView InputGradient { get; init; }

    internal required SignView Places { get; init; }

    internal required SignView Signs { get; init; }

    public void Execute(int row)
    {
        int first = 2 * row, end = Math.Min(first + 2, InputGradient.Height), channels = InputGradient.PixelStride;
        int rowFloats = InputGradient.Width * channels;
        if (row == OutputGradient.Height)
        {
            // The odd last row, which is in no window.
            new Span<float>(InputGradient.Row(first), rowFloats).Clear();
        }
        else
        {
            Spread(row, channels);
            for (int r = first; r < end && Signs.Row(r) is not null; r++)
                ReluKernels<T>.Backward(InputGradient.Row(r), rowFloats, Signs.Row(r));
        }

        InputGradient.ClearBorder(new Rows(first, end));
    }

    private void Spread(int row, int channels)
    {
        float* gradient = OutputGradient.Row(row);
        float* upper = InputGradient.Row(2 * row), lower = InputGradient.Row((2 * row) + 1);
        ushort* places = Places.Row(row);
        for (int column = 0; column < OutputGradient.Width; column++)
        {
            for (int c = 0; c < channels; c += 16)
            {
                (uint low, uint high) = places is null ? (0u, 0u) : (*places++, *places++);
                for (int lane = c; lane < c + 16; lane += T.Count)
                {
                    SpreadLanes(
                        T.Load(gradient + lane), low >> (lane - c), high >> (lane - c),
                        upper + lane, lower + lane, channels);
                }
            }

            upper += 2 * channels;
            lower += 2 * channels;
            gradient += channels;
        }

        if ((InputGradient.Width & 1) != 0)
        {
            new Span<float>(upper, channels).Clear();
            new Span<float>(lower, channels).Clear();
        }
    }

    private void SpreadLanes(T gradient, uint low, uint high, float* upper, float* lower, int channels)
    {
        if (Pooling == Pooling.Average)
        {
            T quarter = T.Multiply(gradient, T.Broadcast(0.25f));
            T.Store(quarter, upper);
            T.Store(quarter, upper + channels);
            T.Store(quarter, lower);
            T.Store(quarter, lower + channels);
            return;
        }

        T.Store(T.Keep(~low & ~high, gradient), upper);
        T.Store(T.Keep(low & ~high, gradient), upper + channels);
        T.Store(T.Keep(~low & high, gradient), lower);
        T.Store(T.Keep(low & high, gradient), lower + channels);
    }
}
