using System.Runtime.Intrinsics;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>Σ w × (a − b)² of a row of two maps.</summary>
internal readonly unsafe struct SquaredDistanceJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required MapView A { get; init; }

    internal required MapView B { get; init; }

    /// <summary>w of each position, with the rows' spacing of a map; null for 1.</summary>
    internal required float* Weights { get; init; }

    /// <summary>One sum for each row, from row 0 on.</summary>
    internal required double* Sums { get; init; }

    public void Execute(int row)
    {
        float* a = A.Row(row), b = B.Row(row);
        int length = A.Width * A.PixelStride;
        if (Weights == null)
        {
            Sums[row] = T.Sum(Squares(a, b, length));
            return;
        }

        float* weights = Weights + (row * (A.Width + (nint)2));
        T sum = T.Zero;
        for (int x = 0; x < A.Width; x++, a += A.PixelStride, b += A.PixelStride)
            sum = T.MultiplyAdd(T.Broadcast(weights[x]), Squares(a, b, A.PixelStride), sum);
        Sums[row] = T.Sum(sum);
    }

    private static T Squares(float* a, float* b, int length)
    {
        T sum = T.Zero;
        for (int i = 0; i < length; i += T.Count)
        {
            T difference = T.Subtract(T.Load(a + i), T.Load(b + i));
            sum = T.MultiplyAdd(difference, difference, sum);
        }

        return sum;
    }
}

/// <summary>gradient += scale × w × (a − b) for a row, propagated through the ReLU whose output is a.</summary>
internal readonly unsafe struct AddScaledDifferenceJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required MapView A { get; init; }

    internal required MapView B { get; init; }

    internal required float Scale { get; init; }

    /// <summary>w of each position, with the rows' spacing of a map; null for 1.</summary>
    internal required float* Weights { get; init; }

    internal required MapView Gradient { get; init; }

    public void Execute(int row)
    {
        float* a = A.Row(row), b = B.Row(row), gradient = Gradient.Row(row);
        int step = A.PixelStride;
        if (Weights == null)
        {
            Add(Scale, a, b, gradient, A.Width * step);
            return;
        }

        float* weights = Weights + (row * (A.Width + (nint)2));
        for (int x = 0; x < A.Width; x++, a += step, b += step, gradient += step)
            Add(Scale * weights[x], a, b, gradient, step);
    }

    private static void Add(float scale, float* a, float* b, float* gradient, int length)
    {
        T factor = T.Broadcast(scale);
        for (int i = 0; i < length; i += T.Count)
        {
            T feature = T.Load(a + i), difference = T.Subtract(feature, T.Load(b + i));
            T.Store(T.KeepPositive(feature, T.MultiplyAdd(factor, difference, T.Load(gradient + i))), gradient + i);
        }
    }
}

/// <summary>Zeroes a row of a map, or copies it from another.</summary>
internal readonly unsafe struct FillRowJob : IParallelJob
{
    internal required MapView Target { get; init; }

    /// <summary>The map to copy; unused if <see cref="Clears"/> is set.</summary>
    internal required MapView Source { get; init; }

    internal required bool Clears { get; init; }

    public void Execute(int row)
    {
        Span<float> target = new(Target.Row(row), Target.Width * Target.PixelStride);
        if (Clears)
        {
            target.Clear();
        }
        else
        {
            new ReadOnlySpan<float>(Source.Row(row), target.Length).CopyTo(target);
        }

        Target.ClearBorder(new Rows(row, row + 1));
    }
}

/// <summary>Converts a row of a planar picture to a map of normalized pixels with four floats each.</summary>
internal readonly unsafe struct NormalizeJob : IParallelJob
{
    internal required float* Picture { get; init; }

    internal required MapView Output { get; init; }

    /// <summary>The factors of the three planes, then their offsets, and a zero.</summary>
    internal required Vector128<float> Scale { get; init; }

    internal required Vector128<float> Offset { get; init; }

    internal required Padding Padding { get; init; }

    public void Execute(int row)
    {
        nint area = (nint)Output.Height * Output.Width, start = (nint)row * Output.Width;
        float* red = Picture + start, green = red + area, blue = green + area, pixel = Output.Row(row);
        Vector128<float> scale = Scale, offset = Offset;
        for (int x = 0; x < Output.Width; x++, pixel += Vector128<float>.Count)
            ((Vector128.Create(red[x], green[x], blue[x], 0f) * scale) + offset).Store(pixel);
        if (Padding == Padding.Replicate)
        {
            Output.ReplicateBorder(row);
        }
        else
        {
            Output.ClearBorder(new Rows(row, row + 1));
        }
    }
}

/// <summary>Computes a row of the gradient with respect to the planar picture.</summary>
internal readonly unsafe struct NormalizeBackwardJob : IParallelJob
{
    internal required MapView OutputGradient { get; init; }

    internal required float* PictureGradient { get; init; }

    internal required (float X, float Y, float Z) Scale { get; init; }

    internal required Padding Padding { get; init; }

    public void Execute(int row)
    {
        nint area = (nint)OutputGradient.Height * OutputGradient.Width, start = (nint)row * OutputGradient.Width;
        float* red = PictureGradient + start, green = red + area, blue = green + area, pixel = OutputGradient.Row(row);
        for (int x = 0; x < OutputGradient.Width; x++, pixel += OutputGradient.PixelStride)
        {
            red[x] = pixel[0] * Scale.X;
            green[x] = pixel[1] * Scale.Y;
            blue[x] = pixel[2] * Scale.Z;
        }

        if (Padding == Padding.Replicate)
        {
            AddBorder(row, red);
        }
    }

    /// <summary>Adds the gradient of the border to the row's pixels that were replicated there.</summary>
    private void AddBorder(int row, float* red)
    {
        AddEnds(row, red);
        foreach (int beside in (ReadOnlySpan<int>)[-1, OutputGradient.Height])
        {
            if (Math.Clamp(beside, 0, OutputGradient.Height - 1) == row)
            {
                for (int x = 0; x < OutputGradient.Width; x++)
                    Add(beside, x, red + x);
                AddEnds(beside, red);
            }
        }
    }

    private void AddEnds(int mapRow, float* red)
    {
        Add(mapRow, -1, red);
        Add(mapRow, OutputGradient.Width, red + OutputGradient.Width - 1);
    }

    private void Add(int mapRow, int x, float* red)
    {
        nint area = (nint)OutputGradient.Height * OutputGradient.Width;
        float* pixel = OutputGradient.Row(mapRow) + (x * OutputGradient.PixelStride);
        red[0] += pixel[0] * Scale.X;
        red[area] += pixel[1] * Scale.Y;
        red[2 * area] += pixel[2] * Scale.Z;
    }
}

/// <summary>Fills the border of a map with its opposite edges, or with zeros.</summary>
internal readonly unsafe struct FillBorderJob : IParallelJob
{
    internal required MapView Map { get; init; }

    internal required bool IsTileable { get; init; }

    public void Execute(int index)
    {
        if (!IsTileable)
        {
            Map.ClearBorder(new Rows(0, Map.Height));
            return;
        }

        for (int row = 0; row < Map.Height; row++)
        {
            Map.Pixel(row, Map.Width - 1).CopyTo(Map.Pixel(row, -1));
            Map.Pixel(row, 0).CopyTo(Map.Pixel(row, Map.Width));
        }

        Map.RowWithBorder(Map.Height - 1).CopyTo(Map.RowWithBorder(-1));
        Map.RowWithBorder(0).CopyTo(Map.RowWithBorder(Map.Height));
    }
}
