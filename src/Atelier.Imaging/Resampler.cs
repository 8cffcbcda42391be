using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Atelier.Imaging;

/// <summary>Resizes pictures and planes.</summary>
/// <remarks><para>Resampling works on encoded samples, not in linear light. Linear light would preserve the mean
/// brightness of fine detail better, but the networks were trained on pictures resized in encoded form, filter
/// undershoot beside bright edges is far more visible in dark areas in linear light, and the transfer curve of a
/// picture with its own profile would have to be known.</para> <para>Every sample is a sequence of fused multiply-adds
/// in a fixed order, so the result is bit-identical at every vector width.</para></remarks>
public static class Resampler
{
    /// <summary>Number of columns that are processed together, so that the rows in use stay in the innermost
    /// caches.</summary>
    private const int StripWidth = 1024;

    /// <summary>Number of rows that are turned over together.</summary>
    private const int BandHeight = 256;

    private const int TileSize = 32;

    /// <summary>Below this opacity, a fraction of the smallest that 16 bits can represent, a color is lost.</summary>
    private const float Invisible = 1f / (1 << 20);

    /// <summary>Resizes a picture with a Lanczos-3 filter, which widens when the picture shrinks. Colors are weighted
    /// by opacity. The metadata is kept.</summary>
    /// <param name="picture">The picture, which is not changed.</param>
    /// <param name="width">The new width in pixels.</param>
    /// <param name="height">The new height in pixels.</param>
    /// <returns>A new picture with samples in [0, 1], unless the picture has others.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public static Picture Resize(Picture picture, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        bool exceedsGamut = picture.ExceedsGamut;
        float[] InRange(float[] plane) => exceedsGamut ? plane : Clamped(plane);
        float[] Resized(float[] plane) => ResizePlane(plane, picture.Width, picture.Height, width, height);
        float[]? alpha = picture.Alpha is null ? null : Resized(picture.Alpha);
        float[] ResizedColor(float[] plane)
        {
            if (alpha is null) return InRange(Resized(plane));
            float[] color = Resized(Product(plane, picture.Alpha!));
            for (int i = 0; i < color.Length; i++) color[i] = alpha[i] > Invisible ? color[i] / alpha[i] : 0f;
            return InRange(color);
        }

        float[] red = ResizedColor(picture.Red), green = ResizedColor(picture.Green), blue = ResizedColor(picture.Blue);
        return picture.WithPlanes(
            width, height, alpha is null ? [red, green, blue] : [red, green, blue, Clamped(alpha)]);
    }

    /// <summary>Resizes a picture so that its long side has <paramref name="longSide"/> pixels.</summary>
    /// <param name="picture">The picture, which is not changed.</param>
    /// <param name="longSide">Long side of the result, in pixels; the other side follows from the aspect ratio.</param>
    /// <returns>A new picture with samples in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The long side is not positive.</exception>
    public static Picture Resize(Picture picture, int longSide)
    {
        ArgumentNullException.ThrowIfNull(picture);
        (int width, int height) = Fit(picture.Width, picture.Height, longSide);
        return Resize(picture, width, height);
    }

    /// <summary>Returns the size with a long side of <paramref name="longSide"/> pixels and the same aspect ratio; the
    /// short side is rounded and at least one pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not positive.</exception>
    public static (int Width, int Height) Fit(int width, int height, int longSide)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longSide);
        double scale = (double)longSide / Math.Max(width, height);
        int Scaled(int side) => Math.Max(1, (int)Math.Round(side * scale, MidpointRounding.AwayFromZero));
        return (Scaled(width), Scaled(height));
    }

    /// <summary>Resizes one plane of any real values; nothing is clamped.</summary>
    /// <param name="plane">Samples, height × width.</param>
    /// <param name="width">Samples per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="newWidth">Samples per row of the result.</param>
    /// <param name="newHeight">Rows of the result.</param>
    /// <param name="filter">The filter that weights the samples.</param>
    /// <returns>A new array, newHeight × newWidth.</returns>
    internal static float[] ResizePlane(
        ReadOnlySpan<float> plane, int width, int height, int newWidth, int newHeight,
        ResampleFilter filter = ResampleFilter.Lanczos3)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(newHeight);
        ArgumentOutOfRangeException.ThrowIfNotEqual(plane.Length, checked(width * height), nameof(plane));
        double down = ResampleWeights.Cost(height, newHeight, filter);
        double across = ResampleWeights.Cost(width, newWidth, filter);
        bool downFirst = ((double)width * down) + (newWidth * across)
            <= ((double)height / newHeight * newWidth * across) + (newWidth * down);
        return downFirst
            ? ResizeRows(ResizeColumns(plane, width, height, newHeight, filter), width, newHeight, newWidth, filter)
            : ResizeColumns(ResizeRows(plane, width, height, newWidth, filter), newWidth, height, newHeight, filter);
    }

    /// <summary>Rows are resized as columns of the transposed plane, so that one inner loop along memory serves both;
    /// a band of rows at a time, because a plane may be large.</summary>
    private static float[] ResizeRows(
        ReadOnlySpan<float> plane, int width, int height, int newWidth, ResampleFilter filter)
    {
        if (newWidth == width) return plane.ToArray();
        ResampleWeights weights = new(width, newWidth, filter);
        int most = Math.Min(height, BandHeight);
        float[] result = new float[checked(height * newWidth)];
        float[] turned = new float[most * width], resized = new float[most * newWidth];
        for (int top = 0; top < height; top += BandHeight)
        {
            int rows = Math.Min(BandHeight, height - top);
            Span<float> columns = resized.AsSpan(0, newWidth * rows);
            Transpose(plane.Slice(top * width, rows * width), width, rows, turned);
            columns.Clear();
            AddColumns(turned, rows, newWidth, weights, columns);
            Transpose(columns, rows, newWidth, result.AsSpan(top * newWidth));
        }

        return result;
    }

    private static float[] ResizeColumns(
        ReadOnlySpan<float> plane, int width, int height, int newHeight, ResampleFilter filter)
    {
        if (newHeight == height) return plane.ToArray();
        float[] result = new float[checked(width * newHeight)];
        AddColumns(plane, width, newHeight, new ResampleWeights(height, newHeight, filter), result);
        return result;
    }

    /// <summary>Adds the resized columns of a plane to the sums, newHeight × width.</summary>
    private static void AddColumns(
        ReadOnlySpan<float> plane, int width, int newHeight, ResampleWeights weights, Span<float> sums)
    {
        for (int left = 0; left < width; left += StripWidth)
        {
            int count = Math.Min(StripWidth, width - left);
            for (int y = 0; y < newHeight; y++)
            {
                ReadOnlySpan<float> from = plane[((weights.StartOf(y) * width) + left)..];
                AddRows(from, width, weights.WeightsOf(y), sums.Slice((y * width) + left, count));
            }
        }
    }

    /// <summary>sums[x] += Σ weights[k] rows[k][x], four rows at a time, because the sums are read from and written to
    /// memory each time.</summary>
    private static void AddRows(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> weights, Span<float> sums)
    {
        for (; weights.Length >= 4; weights = weights[4..])
        {
            AddFourRows(rows, stride, weights, sums);
            rows = rows[Math.Min(4 * stride, rows.Length)..];
        }

        for (; weights.Length >= 1; weights = weights[1..])
        {
            AddRow(rows, weights[0], sums);
            rows = rows[Math.Min(stride, rows.Length)..];
        }
    }

    private static void AddFourRows(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> weights, Span<float> sums)
    {
        ref float a = ref Start(rows, 0, sums.Length), b = ref Start(rows, stride, sums.Length);
        ref float c = ref Start(rows, 2 * stride, sums.Length), d = ref Start(rows, 3 * stride, sums.Length);
        ref float total = ref MemoryMarshal.GetReference(sums);
        (float wa, float wb, float wc, float wd) = (weights[0], weights[1], weights[2], weights[3]);
        Vector<float> va = new(wa), vb = new(wb), vc = new(wc), vd = new(wd);
        nuint x = 0, lanes = (nuint)Vector<float>.Count, count = (nuint)sums.Length;
        for (; x + lanes <= count; x += lanes)
        {
            Vector<float> sum = Vector.LoadUnsafe(ref total, x);
            sum = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref a, x), va, sum);
            sum = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref b, x), vb, sum);
            sum = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref c, x), vc, sum);
            Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref d, x), vd, sum).StoreUnsafe(ref total, x);
        }

        for (; x < count; x++)
        {
            float sum = MathF.FusedMultiplyAdd(Unsafe.Add(ref a, x), wa, Unsafe.Add(ref total, x));
            sum = MathF.FusedMultiplyAdd(Unsafe.Add(ref b, x), wb, sum);
            sum = MathF.FusedMultiplyAdd(Unsafe.Add(ref c, x), wc, sum);
            Unsafe.Add(ref total, x) = MathF.FusedMultiplyAdd(Unsafe.Add(ref d, x), wd, sum);
        }
    }

    private static void AddRow(ReadOnlySpan<float> rows, float weight, Span<float> sums)
    {
        ref float row = ref Start(rows, 0, sums.Length), total = ref MemoryMarshal.GetReference(sums);
        Vector<float> weights = new(weight);
        nuint x = 0, lanes = (nuint)Vector<float>.Count, count = (nuint)sums.Length;
        for (; x + lanes <= count; x += lanes)
        {
            Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref row, x), weights, Vector.LoadUnsafe(ref total, x))
                .StoreUnsafe(ref total, x);
        }

        for (; x < count; x++)
        {
            Unsafe.Add(ref total, x) = MathF.FusedMultiplyAdd(Unsafe.Add(ref row, x), weight, Unsafe.Add(ref total, x));
        }
    }

    /// <summary>Returns a reference to the start of a row, after checking that the whole row exists.</summary>
    private static ref float Start(ReadOnlySpan<float> rows, int offset, int count)
        => ref MemoryMarshal.GetReference(rows.Slice(offset, count));

    private static void Transpose(ReadOnlySpan<float> plane, int width, int height, Span<float> result)
    {
        for (int top = 0; top < height; top += TileSize)
        {
            int bottom = Math.Min(top + TileSize, height);
            for (int left = 0; left < width; left += TileSize)
            {
                int right = Math.Min(left + TileSize, width);
                for (int x = left; x < right; x++)
                {
                    for (int y = top; y < bottom; y++) result[(x * height) + y] = plane[(y * width) + x];
                }
            }
        }
    }

    private static float[] Product(float[] a, float[] b)
    {
        float[] product = new float[a.Length];
        for (int i = 0; i < product.Length; i++) product[i] = a[i] * b[i];
        return product;
    }

    private static float[] Clamped(float[] plane)
    {
        for (int i = 0; i < plane.Length; i++) plane[i] = Math.Clamp(plane[i], 0f, 1f);
        return plane;
    }
}
