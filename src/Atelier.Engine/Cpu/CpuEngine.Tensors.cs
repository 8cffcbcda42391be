using Atelier.Engine.Cpu.Kernels;

namespace Atelier.Engine.Cpu;

internal sealed unsafe partial class CpuEngine<T>
{
    public void Write(ReadOnlySpan<float> source, Tensor target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, target.Length);
        using Use use = new(this);
        source.CopyTo(new Span<float>(CpuTensor.From(target).Data, target.Length));
    }

    public void Read(Tensor source, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, source.Length);
        using Use use = new(this);
        new ReadOnlySpan<float>(CpuTensor.From(source).Data, source.Length).CopyTo(target);
    }

    public void Read(FeatureMap source, int channel, Rows rows, Span<float> target)
    {
        (int height, int width, int channels) = source.Shape;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)channel, (uint)channels, nameof(channel));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.End, height, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, rows.Count * width);
        using Use use = new(this);
        CpuFeatureMap map = CpuFeatureMap.From(source);
        for (int row = 0; row < rows.Count; row++)
        {
            float* values = map.Origin + ((rows.First + row) * map.RowStride) + channel;
            for (int x = 0; x < width; x++)
                target[(row * width) + x] = values[x * map.PixelStride];
        }
    }

    public double Dot(Tensor x, Tensor y)
    {
        using Use use = new(this);
        int parts = TensorParts.Count(PaddedLengthOf(x));
        double* sums = (double*)_scratch.Bytes(parts * sizeof(double));
        DotJob<T> job = new() { X = DataOf(x), Y = DataOf(y), Length = PaddedLengthOf(x), Sums = sums };
        pool.Run(parts, ref job);
        return Sum(sums, parts);
    }

    public void AddScaled(Tensor x, float scale, Tensor y)
        => Move(y, x, scale, float.NegativeInfinity, float.PositiveInfinity, y);

    public void Multiply(Tensor x, Tensor y)
    {
        using Use use = new(this);
        MultiplyJob<T> job = new() { X = DataOf(x), Y = DataOf(y), Length = PaddedLengthOf(y) };
        pool.Run(TensorParts.Count(PaddedLengthOf(y)), ref job);
    }

    public void CopyScaled(Tensor source, float scale, Tensor target)
    {
        using Use use = new(this);
        CopyScaledJob<T> job = new()
        {
            Source = DataOf(source),
            Scale = scale,
            Target = DataOf(target),
            Length = PaddedLengthOf(target),
        };
        pool.Run(TensorParts.Count(PaddedLengthOf(target)), ref job);
    }

    public void Move(Tensor source, Tensor direction, float scale, float min, float max, Tensor target)
    {
        using Use use = new(this);
        MoveJob<T> job = new()
        {
            Source = DataOf(source),
            Direction = DataOf(direction),
            Scale = scale,
            Min = min,
            Max = max,
            Target = DataOf(target),
            Length = PaddedLengthOf(target),
        };
        pool.Run(TensorParts.Count(PaddedLengthOf(target)), ref job);
        ClearPadding(target);
    }

    public void DropOutward(Tensor x, float min, float max, Tensor vector)
    {
        using Use use = new(this);
        DropOutwardJob<T> job = new()
        {
            X = DataOf(x),
            Min = min,
            Max = max,
            Vector = DataOf(vector),
            Length = PaddedLengthOf(vector),
        };
        pool.Run(TensorParts.Count(PaddedLengthOf(vector)), ref job);
    }

    public void AdamStep(in AdamStep update, Tensor gradient, Tensor mean, Tensor square, Tensor x, Tensor average)
    {
        using Use use = new(this);
        AdamJob<T> job = new()
        {
            Step = update,
            Gradient = DataOf(gradient),
            Mean = DataOf(mean),
            Square = DataOf(square),
            X = DataOf(x),
            Average = DataOf(average),
            Length = PaddedLengthOf(x),
        };
        pool.Run(TensorParts.Count(PaddedLengthOf(x)), ref job);
        ClearPadding(x);
        ClearPadding(average);
    }

    public void MixPlanes(Tensor source, ReadOnlySpan<float> matrix, float keep, Tensor target)
    {
        using Use use = new(this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrix.Length, 9, nameof(matrix));
        int area = target.Length / 3;
        fixed (float* values = matrix)
        {
            MixPlanesJob<T> job = new()
            {
                Source = DataOf(source),
                Target = DataOf(target),
                Matrix = values,
                Keep = keep,
                Area = area,
            };
            pool.Run(TensorParts.Count(area), ref job);
        }
    }

    public double WeightedDistance(Tensor x, Tensor target, Tensor weights, float scale, Tensor gradient)
    {
        using Use use = new(this);
        int parts = TensorParts.Count(PaddedLengthOf(x));
        double* sums = (double*)_scratch.Bytes(parts * sizeof(double));
        WeightedDistanceJob<T> job = new()
        {
            X = DataOf(x),
            Target = DataOf(target),
            Weights = DataOf(weights),
            Scale = scale,
            Gradient = DataOf(gradient),
            Length = PaddedLengthOf(x),
            Sums = sums,
        };
        pool.Run(parts, ref job);
        return Sum(sums, parts);
    }

    public double TotalVariation(
        TotalVariationKind kind, Tensor picture, int height, int width, float scale, Tensor gradient, bool isTileable)
    {
        using Use use = new(this);
        int rows = 3 * height;
        double* sums = (double*)_scratch.Bytes(rows * sizeof(double));
        PlaneRows planes = new(DataOf(picture), DataOf(gradient), sums, height, width, scale, isTileable);
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
                double count = isTileable ? 3.0 * height * width : 3.0 * (height + 1) * (width + 1);
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

    private static float* DataOf(Tensor tensor) => CpuTensor.From(tensor).Data;

    private static int PaddedLengthOf(Tensor tensor) => CpuTensor.From(tensor).PaddedLength;

    // Bounds that exclude zero also move the padding, which a dot product would then include.
    private static void ClearPadding(Tensor tensor)
        => new Span<float>(DataOf(tensor) + tensor.Length, PaddedLengthOf(tensor) - tensor.Length).Clear();
}
