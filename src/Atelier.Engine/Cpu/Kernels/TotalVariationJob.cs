using System.Runtime.CompilerServices;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>The operands of a row's part of the total variation: one row of one plane of a planar picture.</summary>
internal readonly unsafe struct PlaneRows(
    float* picture, float* gradient, double* sums, int height, int width, float scale, bool isTileable)
{
    internal int Height { get; } = height;

    internal int Width { get; } = width;

    /// <summary>Factor of the gradient.</summary>
    internal float Scale { get; } = scale;

    /// <summary>Whether the picture is tileable: the last row and column are adjacent to the first ones.</summary>
    internal bool IsTileable { get; } = isTileable;

    /// <summary>Distance to the previous neighbor along an axis; 0 if there is none.</summary>
    internal int ToPrevious(int place, int count) => place > 0 ? -1 : IsTileable ? count - 1 : 0;

    /// <summary>Distance to the next neighbor along an axis; 0 if there is none.</summary>
    internal int ToNext(int place, int count) => place < count - 1 ? 1 : IsTileable ? 1 - count : 0;

    internal float* Value(int index, int row) => picture + At(index, row);

    internal float* Gradient(int index, int row) => gradient + At(index, row);

    internal double* Sums { get; } = sums;

    private nint At(int index, int row) => (((nint)(index / Height) * Height) + row) * Width;
}

/// <summary>Σ Δy² + Δx², for a row.</summary>
internal readonly unsafe struct SquaredVariationJob : IParallelJob
{
    internal required PlaneRows Rows { get; init; }

    public void Execute(int index)
    {
        int y = index % Rows.Height, width = Rows.Width;
        float* row = Rows.Value(index, y), gradient = Rows.Gradient(index, y);
        float* above = row + (Rows.ToPrevious(y, Rows.Height) * width);
        float* below = row + (Rows.ToNext(y, Rows.Height) * width);
        double sum = 0;
        for (int x = 0; x < width; x++)
        {
            float right = row[x + Rows.ToNext(x, width)] - row[x], left = row[x] - row[x + Rows.ToPrevious(x, width)];
            float down = below[x] - row[x], up = row[x] - above[x];
            sum += (right * right) + (down * down);
            gradient[x] += Rows.Scale * 2f * (left - right + up - down);
        }

        Rows.Sums[index] = sum;
    }
}

/// <summary>Σ (Δy² + Δx²)^1.25 over the pixels that have a right and a lower neighbor, for a row.</summary>
internal readonly unsafe struct PowerVariationJob : IParallelJob
{
    internal required PlaneRows Rows { get; init; }

    public void Execute(int index)
    {
        int y = index % Rows.Height, width = Rows.Width;
        float* row = Rows.Value(index, y), gradient = Rows.Gradient(index, y);
        int up = Rows.ToPrevious(y, Rows.Height) * width, down = Rows.ToNext(y, Rows.Height) * width;
        double sum = 0;
        for (int x = 0; x < width; x++)
        {
            int left = Rows.ToPrevious(x, width), right = Rows.ToNext(x, width);

            // A pixel is the corner of its own cell, the right end of its left one, the lower end of the one above.
            double derivative = 0;
            if (down != 0 && right != 0)
            {
                (double value, double dx, double dy) = Cell(row + x, right, down);
                sum += value;
                derivative -= dx + dy;
            }

            if (down != 0 && left != 0)
            {
                derivative += Cell(row + x + left, -left, down).Dx;
            }

            if (up != 0 && right != 0)
            {
                derivative += Cell(row + x + up, right, -up).Dy;
            }

            gradient[x] += Rows.Scale * (float)derivative;
        }

        Rows.Sums[index] = sum;
    }

    private static (double Value, double Dx, double Dy) Cell(float* corner, int right, int down)
    {
        double dx = corner[right] - corner[0], dy = corner[down] - corner[0], square = (dx * dx) + (dy * dy);
        double quarterPower = Math.Sqrt(Math.Sqrt(square));
        return (square * quarterPower, 2.5 * quarterPower * dx, 2.5 * quarterPower * dy);
    }
}

/// <summary>The nine-point form, for a row: squared differences between each pixel and its right, lower and two
/// diagonal neighbors, on the plane with its border pixels repeated once unless it is tileable.</summary>
internal readonly unsafe struct NinePointVariationJob<T> : IParallelJob where T : struct, ILanes<T>
{
    internal required PlaneRows Rows { get; init; }

    /// <summary>Factor of the squared differences along rows and columns, and along diagonals.</summary>
    internal required float StraightWeight { get; init; }

    internal required float DiagonalWeight { get; init; }

    public void Execute(int index)
    {
        int y = index % Rows.Height, width = Rows.Width;
        float* row = Rows.Value(index, y), gradient = Rows.Gradient(index, y);
        double sum = 0;
        int x = 1, end = width - 1;
        if (y > 0 && y < Rows.Height - 1 && end - x >= T.Count)
        {
            T total = T.Zero;
            for (; x + T.Count <= end; x += T.Count)
            {
                (T value, T derivative) = Inside(row + x, width);
                T.Store(T.Add(T.Load(gradient + x), derivative), gradient + x);
                total = T.Add(total, value);
            }

            if (x < end)
            {
                // The last pixels are processed together with some that are already done and are not counted again.
                int last = end - T.Count;
                uint uncounted = ~0u << (x - last);
                (T value, T derivative) = Inside(row + last, width);
                T.Store(T.Add(T.Load(gradient + last), T.Keep(uncounted, derivative)), gradient + last);
                total = T.Add(total, T.Keep(uncounted, value));
                x = end;
            }

            sum = T.Sum(total);
        }

        for (int border = x; border < width; border++)
            sum += AtBorder(row, border, y, gradient);
        Rows.Sums[index] = sum + AtBorder(row, 0, y, gradient);
    }

    /// <summary>Computes half the weighted squared differences from all eight neighbors, because each pair is visited
    /// from both ends, and the scaled derivative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (T Value, T Derivative) Inside(float* pixel, int width)
    {
        float* above = pixel - width, below = pixel + width;
        T center = T.Load(pixel);
        T left = T.Subtract(center, T.Load(pixel - 1)), right = T.Subtract(center, T.Load(pixel + 1));
        T up = T.Subtract(center, T.Load(above)), down = T.Subtract(center, T.Load(below));
        T upLeft = T.Subtract(center, T.Load(above - 1)), upRight = T.Subtract(center, T.Load(above + 1));
        T downLeft = T.Subtract(center, T.Load(below - 1)), downRight = T.Subtract(center, T.Load(below + 1));
        T straightWeight = T.Broadcast(StraightWeight), diagonalWeight = T.Broadcast(DiagonalWeight);
        T value = T.MultiplyAdd(
            diagonalWeight, Squares(upLeft, upRight, downLeft, downRight),
            T.Multiply(straightWeight, Squares(left, right, up, down)));
        T derivative = T.MultiplyAdd(
            diagonalWeight, T.Add(T.Add(upLeft, upRight), T.Add(downLeft, downRight)),
            T.Multiply(straightWeight, T.Add(T.Add(left, right), T.Add(up, down))));
        return (T.Multiply(value, T.Broadcast(0.5f)), T.Multiply(derivative, T.Broadcast(2f * Rows.Scale)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Squares(T a, T b, T c, T d)
        => T.Add(T.MultiplyAdd(a, a, T.Multiply(b, b)), T.MultiplyAdd(c, c, T.Multiply(d, d)));

    /// <summary>The same for one pixel at the border.</summary>
    private double AtBorder(float* row, int x, int y, float* gradient)
        => Rows.IsTileable ? Repeating(row, x, y, gradient) : Border(row, x, y, gradient);

    /// <summary>If the picture is tileable, all eight neighbors exist.</summary>
    private double Repeating(float* row, int x, int y, float* gradient)
    {
        (int up, int down) = (Rows.ToPrevious(y, Rows.Height), Rows.ToNext(y, Rows.Height));
        (int left, int right) = (Rows.ToPrevious(x, Rows.Width), Rows.ToNext(x, Rows.Width));
        double sum = 0, derivative = 0;
        foreach (int dy in (ReadOnlySpan<int>)[up, 0, down])
        {
            foreach (int dx in (ReadOnlySpan<int>)[left, 0, right])
            {
                float weight = dx == 0 || dy == 0 ? StraightWeight : DiagonalWeight;
                float difference = row[x] - row[(dy * Rows.Width) + x + dx];
                sum += 0.5 * weight * difference * difference;
                derivative += weight * difference;
            }
        }

        gradient[x] += (float)(2 * Rows.Scale * derivative);
        return sum;
    }

    /// <summary>Otherwise, the pixel also stands for its repetitions.</summary>
    private double Border(float* row, int x, int y, float* gradient)
    {
        double sum = 0, derivative = 0;
        int lastY = Rows.Height - 1, lastX = Rows.Width - 1;
        for (int py = y == 0 ? -1 : y; py <= (y == lastY ? y + 1 : y); py++)
        {
            for (int px = x == 0 ? -1 : x; px <= (x == lastX ? x + 1 : x); px++)
            {
                for (int direction = 0; direction < 9; direction++)
                {
                    int dy = (direction / 3) - 1, dx = (direction % 3) - 1, qy = py + dy, qx = px + dx;
                    // Rows' differences are not taken along the repeated first row,
                    // nor columns' along the first column.
                    bool outside = qy < -1 || qx < -1 || qy > lastY + 1 || qx > lastX + 1 || direction == 4
                        || (dy == 0 && py == -1) || (dx == 0 && px == -1);
                    if (outside)
                    {
                        continue;
                    }

                    float weight = dx == 0 || dy == 0 ? StraightWeight : DiagonalWeight;
                    int neighborY = Math.Clamp(qy, 0, lastY), neighborX = Math.Clamp(qx, 0, lastX);
                    float difference = row[x] - row[((neighborY - y) * Rows.Width) + neighborX];
                    sum += 0.5 * weight * difference * difference;
                    derivative += weight * difference;
                }
            }
        }

        gradient[x] += (float)(2 * Rows.Scale * derivative);
        return sum;
    }
}
