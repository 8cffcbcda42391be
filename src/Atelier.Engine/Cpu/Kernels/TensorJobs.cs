namespace Atelier.Engine.Cpu.Kernels;

/// <summary>How tensors are divided into parts.</summary>
internal static class TensorParts
{
    /// <summary>Number of values per part: 64 KB, enough to outweigh its distribution among threads.</summary>
    internal const int Size = 16_384;

    internal static int Count(int paddedLength) => (paddedLength + Size - 1) / Size;

    internal static (int First, int End) Range(int index, int paddedLength)
        => (index * Size, Math.Min((index + 1) * Size, paddedLength));
}

/// <summary>Σ x·y of a part.</summary>
internal readonly unsafe struct DotJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required float* X { get; init; }

    internal required float* Y { get; init; }

    internal required int Length { get; init; }

    internal required double* Sums { get; init; }

    public void Execute(int index)
    {
        (int first, int end) = TensorParts.Range(index, Length);
        T sum = T.Zero;
        for (int i = first; i < end; i += T.Count)
            sum = T.MultiplyAdd(T.Load(X + i), T.Load(Y + i), sum);
        Sums[index] = T.Sum(sum);
    }
}

/// <summary>target = clamp(source + scale × direction).</summary>
internal readonly unsafe struct MoveJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required float* Source { get; init; }

    internal required float* Direction { get; init; }

    internal required float Scale { get; init; }

    internal required float Min { get; init; }

    internal required float Max { get; init; }

    internal required float* Target { get; init; }

    internal required int Length { get; init; }

    public void Execute(int index)
    {
        (int first, int end) = TensorParts.Range(index, Length);
        T scale = T.Broadcast(Scale), min = T.Broadcast(Min), max = T.Broadcast(Max);
        for (int i = first; i < end; i += T.Count)
        {
            T moved = T.MultiplyAdd(scale, T.Load(Direction + i), T.Load(Source + i));
            T.Store(T.Min(max, T.Max(min, moved)), Target + i);
        }
    }
}

/// <summary>target = scale × source.</summary>
internal readonly unsafe struct CopyScaledJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required float* Source { get; init; }

    internal required float Scale { get; init; }

    internal required float* Target { get; init; }

    internal required int Length { get; init; }

    public void Execute(int index)
    {
        (int first, int end) = TensorParts.Range(index, Length);
        T scale = T.Broadcast(Scale);
        for (int i = first; i < end; i += T.Count)
            T.Store(T.Multiply(scale, T.Load(Source + i)), Target + i);
    }
}

/// <summary>y = x × y.</summary>
internal readonly unsafe struct MultiplyJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required float* X { get; init; }

    internal required float* Y { get; init; }

    internal required int Length { get; init; }

    public void Execute(int index)
    {
        (int first, int end) = TensorParts.Range(index, Length);
        for (int i = first; i < end; i += T.Count)
            T.Store(T.Multiply(T.Load(X + i), T.Load(Y + i)), Y + i);
    }
}

/// <summary>Sets to zero the entries that would move a value beyond the bound that it has reached.</summary>
internal readonly unsafe struct DropOutwardJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required float* X { get; init; }

    internal required float Min { get; init; }

    internal required float Max { get; init; }

    internal required float* Vector { get; init; }

    internal required int Length { get; init; }

    public void Execute(int index)
    {
        (int first, int end) = TensorParts.Range(index, Length);
        T min = T.Broadcast(Min), max = T.Broadcast(Max);
        for (int i = first; i < end; i += T.Count)
        {
            T x = T.Load(X + i), v = T.Load(Vector + i);
            uint above = T.GreaterBits(x, min), below = T.GreaterBits(max, x);
            uint inward = above | T.GreaterBits(v, T.Zero);
            uint downward = below | T.GreaterBits(T.Zero, v);
            T.Store(T.Keep(inward & downward, v), Vector + i);
        }
    }
}

/// <summary>Σ w × (x − target)² of a part; gradient += scale × w × (x − target).</summary>
internal readonly unsafe struct WeightedDistanceJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required float* X { get; init; }

    internal required float* Target { get; init; }

    internal required float* Weights { get; init; }

    internal required float Scale { get; init; }

    internal required float* Gradient { get; init; }

    internal required int Length { get; init; }

    internal required double* Sums { get; init; }

    public void Execute(int index)
    {
        (int first, int end) = TensorParts.Range(index, Length);
        T scale = T.Broadcast(Scale), sum = T.Zero;
        for (int i = first; i < end; i += T.Count)
        {
            T difference = T.Subtract(T.Load(X + i), T.Load(Target + i));
            T weighted = T.Multiply(T.Load(Weights + i), difference);
            sum = T.MultiplyAdd(weighted, difference, sum);
            T.Store(T.MultiplyAdd(scale, weighted, T.Load(Gradient + i)), Gradient + i);
        }

        Sums[index] = T.Sum(sum);
    }
}

/// <summary>An Adam update of a part.</summary>
internal readonly unsafe struct AdamJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required AdamStep Step { get; init; }

    internal required float* Gradient { get; init; }

    internal required float* Mean { get; init; }

    internal required float* Square { get; init; }

    internal required float* X { get; init; }

    internal required float* Average { get; init; }

    internal required int Length { get; init; }

    public void Execute(int index)
    {
        (int first, int end) = TensorParts.Range(index, Length);
        T newShare = T.Broadcast(1f - Step.Beta1), newSquareShare = T.Broadcast(1f - Step.Beta2);
        T correction = T.Broadcast(Step.SquareCorrection), epsilon = T.Broadcast(Step.Epsilon);
        T stepSize = T.Broadcast(Step.StepSize), newAverageShare = T.Broadcast(1f - Step.Decay);
        T min = T.Broadcast(Step.Min), max = T.Broadcast(Step.Max);
        for (int i = first; i < end; i += T.Count)
        {
            T g = T.Load(Gradient + i), mean = T.Load(Mean + i), square = T.Load(Square + i);
            mean = T.MultiplyAdd(newShare, T.Subtract(g, mean), mean);
            square = T.MultiplyAdd(newSquareShare, T.Subtract(T.Multiply(g, g), square), square);
            T root = T.Add(T.Sqrt(T.Multiply(square, correction)), epsilon);
            T x = T.Subtract(T.Load(X + i), T.Divide(T.Multiply(stepSize, mean), root));
            x = T.Min(max, T.Max(min, x));
            T average = T.Load(Average + i);
            average = T.MultiplyAdd(newAverageShare, T.Subtract(x, average), average);
            T.Store(mean, Mean + i);
            T.Store(square, Square + i);
            T.Store(x, X + i);
            T.Store(average, Average + i);
        }
    }
}
