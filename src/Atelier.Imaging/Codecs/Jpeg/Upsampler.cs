using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Upsamples a component to the resolution of the picture, row by row. Halved resolutions are interpolated by
/// a triangle filter (3/4 of the nearer sample, 1/4 of the farther); at other resolutions, samples are
/// repeated.</summary>
/// <remarks>Rounding alternates between neighbors to avoid a bias, in the same pattern as common libraries, so that the
/// same file gives the same pixels.</remarks>
internal sealed class Upsampler
{
    /// <summary>The samples of narrower components are repeated, as in common libraries.</summary>
    private const int MinInterpolatedWidth = 3;

    private readonly JpegComponent _component;
    private readonly JpegFrame _frame;
    private readonly bool _interpolatesColumns;
    private readonly bool _interpolatesRows;
    private readonly byte[] _row;

    /// <summary>Vertically weighted samples, with one repeated at each end.</summary>
    private readonly ushort[] _sums;

    internal Upsampler(JpegComponent component, JpegFrame frame)
    {
        (_component, _frame) = (component, frame);
        bool isFullWidth = component.Horizontal == frame.MaxHorizontal;
        bool isFullHeight = component.Vertical == frame.MaxVertical;
        bool isHalfWidth = component.Horizontal * 2 == frame.MaxHorizontal
            && component.Size.Width >= MinInterpolatedWidth;
        bool isHalfHeight = component.Vertical * 2 == frame.MaxVertical;
        _interpolatesColumns = isHalfWidth && (isFullHeight || isHalfHeight);
        _interpolatesRows = isHalfHeight && (isFullWidth || isHalfWidth);
        _row = new byte[Math.Max(frame.Width, component.Size.Width * 2)];
        _sums = new ushort[component.Size.Width + 2];
    }

    /// <summary>Returns a row at the picture's resolution, valid until the next call.</summary>
    internal ReadOnlySpan<byte> Row(int y)
    {
        if (_interpolatesColumns || _interpolatesRows)
        {
            return Interpolate(y);
        }

        ReadOnlySpan<byte> source = SourceRow(y * _component.Vertical / _frame.MaxVertical);
        return _component.Horizontal == _frame.MaxHorizontal ? source : Repeat(source);
    }

    private ReadOnlySpan<byte> SourceRow(int row)
        => _component.Samples.AsSpan(row * _component.Stride, _component.Size.Width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Span<byte> Repeat(ReadOnlySpan<byte> source)
    {
        Span<byte> row = _row.AsSpan(0, _frame.Width);
        (int numerator, int denominator) = (_component.Horizontal, _frame.MaxHorizontal);
        for (int x = 0; x < row.Length; x++)
        {
            row[x] = source[x * numerator / denominator];
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<byte> Interpolate(int y)
    {
        int width = _component.Size.Width;
        Span<ushort> sums = _sums.AsSpan(1, width);
        if (!_interpolatesRows)
        {
            Widen(SourceRow(y), sums);
            return InterpolateColumns(evenRounding: 1, oddRounding: 2, shift: 2);
        }

        int near = y / 2;
        int far = Math.Clamp((y & 1) == 0 ? near - 1 : near + 1, 0, _component.Size.Height - 1);
        AddWeighted(SourceRow(near), SourceRow(far), sums);
        if (_interpolatesColumns)
        {
            return InterpolateColumns(evenRounding: 8, oddRounding: 7, shift: 4);
        }

        int rounding = (y & 1) == 0 ? 1 : 2;
        for (int x = 0; x < width; x++)
        {
            _row[x] = (byte)((sums[x] + rounding) >> 2);
        }

        return _row.AsSpan(0, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<byte> source, Span<ushort> sums)
    {
        for (int x = 0; x < sums.Length; x++)
        {
            sums[x] = source[x];
        }
    }

    /// <summary>sums = 3 near + far.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWeighted(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> sums)
    {
        int x = 0;
        for (; x + Vector128<byte>.Count <= sums.Length; x += Vector128<byte>.Count)
        {
            Vector256<ushort> nearSamples = Load(near[x..]), farSamples = Load(far[x..]);
            ((nearSamples * 3) + farSamples).CopyTo(sums[x..]);
        }

        for (; x < sums.Length; x++)
        {
            sums[x] = (ushort)((3 * near[x]) + far[x]);
        }
    }

    private static Vector256<ushort> Load(ReadOnlySpan<byte> samples)
    {
        Vector128<byte> bytes = Vector128.Create(samples);
        return Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes));
    }

    /// <summary>Computes two samples from each sum: the first leans toward the previous sum, the second toward the
    /// next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<byte> InterpolateColumns(int evenRounding, int oddRounding, int shift)
    {
        int width = _component.Size.Width;
        (_sums[0], _sums[width + 1]) = (_sums[1], _sums[width]);
        ReadOnlySpan<ushort> before = _sums, center = before[1..], behind = before[2..];
        Span<ushort> pairs = MemoryMarshal.Cast<byte, ushort>(_row.AsSpan());
        int x = 0;
        for (; BitConverter.IsLittleEndian && x + Vector256<ushort>.Count <= width; x += Vector256<ushort>.Count)
        {
            Vector256<ushort> weighted = Vector256.Create(center[x..]) * 3;
            Vector256<ushort> even = weighted + Vector256.Create(before[x..]) + Vector256.Create((ushort)evenRounding);
            Vector256<ushort> odd = weighted + Vector256.Create(behind[x..]) + Vector256.Create((ushort)oddRounding);
            ((even >> shift) | ((odd >> shift) << 8)).CopyTo(pairs[x..]);
        }

        for (; x < width; x++)
        {
            int weighted = center[x] * 3;
            _row[2 * x] = (byte)((weighted + before[x] + evenRounding) >> shift);
            _row[(2 * x) + 1] = (byte)((weighted + behind[x] + oddRounding) >> shift);
        }

        return _row;
    }
}
