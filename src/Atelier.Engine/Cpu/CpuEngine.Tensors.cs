using Atelier.Engine.Cpu.Kernels;

namespace Atelier.Engine.Cpu;

internal sealed unsafe partial class CpuEngine<T>
{
    public void Write(ReadOnlySpan<float> source, Tensor target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, target.Length);
        source.CopyTo(new Span<float>(target.Data, target.Length));
    }

    public void Read(Tensor source, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, source.Length);
        new ReadOnlySpan<float>(source.Data, source.Length).CopyTo(target);
    }

    public void Read(FeatureMap source, int channel, Rows rows, Span<float> target)
    {
        (int height, int width, int channels) = source.Shape;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)channel, (uint)channels, nameof(channel));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.End, height, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, rows.Count * width);
        for (int row = 0; row < rows.Count; row++)
        {
            float* values = source.Origin + ((rows.First + row) * source.RowStride) + channel;
            for (int x = 0; x < width; x++)
                target[(row * width) + x] = values[x * source.PixelStride];
        }
    }

    public double Dot(Tensor x, Tensor y)
    {
        int parts = TensorParts.Count(x.PaddedLength);
        double* sums = (double*)_scratch.Bytes(parts * sizeof(double));
        DotJob<T> job = new() { X = x.Data, Y = y.Data, Length = x.PaddedLength, Sums = sums };
        pool.Run(parts, ref job);
        return Sum(sums, parts);
    }

    public void AddScaled(Tensor x, float scale, Tensor y)
        => Move(y, x, scale, float.NegativeInfinity, float.PositiveInfinity, y);

    public void Multiply(Tensor x, Tensor y)
    {
        MultiplyJob<T> job = new() { X = x.Data, Y = y.Data, Length = y.PaddedLength };
        pool.Run(TensorParts.Count(y.PaddedLength), ref job);
    }

    public void CopyScaled(Tensor source, float scale, Tensor target)
    {
        CopyScaledJob<T> job = new()
        {
            Source = source.Data,
            Scale = scale,
            Target = target.Data,
            Length = target.PaddedLength,
        };
        pool.Run(TensorParts.Count(target.PaddedLength), ref job);
    }

    public void Move(Tensor source, Tensor direction, float scale, float lowest, float highest, Tensor target)
    {
        MoveJob<T> job = new()
        {
            Source = source.Data,
            Direction = direction.Data,
            Scale = scale,
            Lowest = lowest,
            Highest = highest,
            Target = target.Data,
            Length = target.PaddedLength,
        };
        pool.Run(TensorParts.Count(target.PaddedLength), ref job);
        ClearPadding(target);
    }

    public void DropOutward(Tensor x, float lowest, float highest, Tensor vector)
    {
        DropOutwardJob<T> job = new()
        {
            X = x.Data,
            Lowest = lowest,
            Highest = highest,
            Vector = vector.Data,
            Length = vector.PaddedLength,
        };
        pool.Run(TensorParts.Count(vector.PaddedLength), ref job);
    }

    public void AdamStep(in AdamStep update, Tensor gradient, Tensor mean, Tensor square, Tensor x, Tensor average)
    {
        AdamJob<T> job = new()
        {
            Step = update,
            Gradient = gradient.Data,
            Mean = mean.Data,
            Square = square.Data,
            X = x.Data,
            Average = average.Data,
            Length = x.PaddedLength,
        };
        pool.Run(TensorParts.Count(x.PaddedLength), ref job);
        ClearPadding(x);
        ClearPadding(average);
    }

    public double WeightedDistance(Tensor x, Tensor target, Tensor weights, float scale, Tensor gradient)
    {
        int parts = TensorParts.Count(x.PaddedLength);
        double* sums = (double*)_scratch.Bytes(parts * sizeof(double));
        WeightedDistanceJob<T> job = new()
        {
            X = x.Data,
            Target = target.Data,
            Weights = weights.Data,
            Scale = scale,
            Gradient = gradient.Data,
            Length = x.PaddedLength,
            Sums = sums,
        };
        pool.Run(parts, ref job);
        return Sum(sums, parts);
    }

    public double TotalVariation(
        TotalVariationKind kind, Tensor picture, int height, int width, float scale, Tensor gradient, bool repeats)
    {
        int rows = 3 * height;
        double* sums = (double*)_scratch.Bytes(rows * sizeof(double));
        PlaneRows planes = new(picture.Data, gradient.Data, sums, height, width, scale, repeats);
        switch (kind)
        {
            case TotalVariationKind.Squared:
                SquaredVariationJob squared = new() { Rows = planes };
                pool.Run(rows, ref squared);
                break;
            case TotalVariationKind.Power:
                PowerVariationJob power = new() { Rows = planes };
                pool.Run(rows, ref power);
                break;
            default:
                // Means over the picture, or the grid of the picture with its border twice; 2 × (1/3, 1/12) of them.
                double count = repeats ? 3.0 * height * width : 3.0 * (height + 1) * (width + 1);
                NinePointVariationJob<T> ninePoint = new()
                {
                    Rows = planes,
                    StraightWeight = (float)(2 / (3 * count)),
                    DiagonalWeight = (float)(2 / (12 * count)),
                };
                pool.Run(rows, ref ninePoint);
                break;
        }

        return Sum(sums, rows);
    }

    // Bounds that do not hold zero move the padding too, and a dot product would count it.
    private static void ClearPadding(Tensor tensor)
        => new Span<float>(tensor.Data + tensor.Length, tensor.PaddedLength - tensor.Length).Clear();
}
