using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Dequantization and the inverse DCT in integer arithmetic: the 12-multiplication scheme of Loeffler,
/// Ligtenberg and Moschytz (ICASSP 1989) with constants of 13 bits and 2 extra bits between the passes, which common
/// libraries call "islow". The samples are the same on all machines.</summary>
/// <remarks>Eight columns, then eight rows are processed at once. The runtime splits the vectors if the machine has
/// only narrower ones.</remarks>
internal static class InverseDct
{
    private const int ConstantBits = 13;
    private const int ExtraBits = 2;

    /// <summary>The two passes together scale by 8, on top of the scaling that is undone here.</summary>
    private const int LastShift = ConstantBits + ExtraBits + 3;

    private const int Center = 128;

    /// <summary>Transforms a block.</summary>
    /// <param name="coefficients">64 quantized coefficients in natural order.</param>
    /// <param name="quantization">64 factors in natural order.</param>
    /// <param name="samples">The plane of samples, starting at the block.</param>
    /// <param name="stride">Length of a row of the plane.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transform(
        ReadOnlySpan<short> coefficients, ReadOnlySpan<int> quantization, Span<byte> samples, int stride)
    {
        Vector256<int> r0 = Dequantize(coefficients, quantization, 0), r1 = Dequantize(coefficients, quantization, 1);
        Vector256<int> r2 = Dequantize(coefficients, quantization, 2), r3 = Dequantize(coefficients, quantization, 3);
        Vector256<int> r4 = Dequantize(coefficients, quantization, 4), r5 = Dequantize(coefficients, quantization, 5);
        Vector256<int> r6 = Dequantize(coefficients, quantization, 6), r7 = Dequantize(coefficients, quantization, 7);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, ConstantBits - ExtraBits);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, LastShift);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Store(r0, r1, r2, r3, samples, stride);
        Store(r4, r5, r6, r7, samples[(4 * stride)..], stride);
    }

    /// <summary>Transforms a block in which only the first coefficient is not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void TransformConstant(int coefficient, int quantization, Span<byte> samples, int stride)
    {
        int level = ((coefficient * quantization) + 4) >> 3;
        byte sample = (byte)Math.Clamp(level + Center, 0, 255);
        for (int row = 0; row < Block.Size; row++)
        {
            samples.Slice(row * stride, Block.Size).Fill(sample);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Dequantize(ReadOnlySpan<short> coefficients, ReadOnlySpan<int> quantization, int row)
    {
        Vector128<short> values = Vector128.Create(coefficients.Slice(row * Block.Size, Block.Size));
        return Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values))
            * Vector256.Create(quantization.Slice(row * Block.Size, Block.Size));
    }

    /// <summary>An eight-point inverse DCT across the eight vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7, int shift)
    {
        Vector256<int> rounding = Vector256.Create(1 << (shift - 1));

        // Even half: a rotation by 6 pi / 16 and two butterflies.
        Vector256<int> turned = (r2 + r6) * 4433;
        Vector256<int> e2 = turned - (r6 * 15137), e3 = turned + (r2 * 6270);
        Vector256<int> e0 = ((r0 + r4) << ConstantBits) + rounding, e1 = ((r0 - r4) << ConstantBits) + rounding;
        (e0, e3) = (e0 + e3, e0 - e3);
        (e1, e2) = (e1 + e2, e1 - e2);

        // Odd half: the four inputs in pairs; the factor that the pairs share is multiplied once.
        Vector256<int> shared = (r1 + r3 + r5 + r7) * 9633;
        Vector256<int> s37 = shared - ((r3 + r7) * 16069), s15 = shared - ((r1 + r5) * 3196);
        Vector256<int> s17 = (r1 + r7) * -7373, s35 = (r3 + r5) * -20995;
        Vector256<int> o0 = (r1 * 12299) + s17 + s15, o1 = (r3 * 25172) + s35 + s37;
        Vector256<int> o2 = (r5 * 16819) + s35 + s15, o3 = (r7 * 2446) + s17 + s37;

        (r0, r7) = ((e0 + o0) >> shift, (e0 - o0) >> shift);
        (r1, r6) = ((e1 + o1) >> shift, (e1 - o1) >> shift);
        (r2, r5) = ((e2 + o2) >> shift, (e2 - o2) >> shift);
        (r3, r4) = ((e3 + o3) >> shift, (e3 - o3) >> shift);
    }

    /// <summary>Transposes eight rows: swaps the off-diagonal halves of 8 × 8, then 4 × 4, then 2 × 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7)
    {
        SwapHalves(ref r0, ref r4);
        SwapHalves(ref r1, ref r5);
        SwapHalves(ref r2, ref r6);
        SwapHalves(ref r3, ref r7);
        SwapPairs(ref r0, ref r2);
        SwapPairs(ref r1, ref r3);
        SwapPairs(ref r4, ref r6);
        SwapPairs(ref r5, ref r7);
        SwapSingles(ref r0, ref r1);
        SwapSingles(ref r2, ref r3);
        SwapSingles(ref r4, ref r5);
        SwapSingles(ref r6, ref r7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwapHalves(ref Vector256<int> a, ref Vector256<int> b)
        => (a, b) = (Vector256.Create(a.GetLower(), b.GetLower()), Vector256.Create(a.GetUpper(), b.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwapPairs(ref Vector256<int> a, ref Vector256<int> b)
    {
        Vector256<int> first = Vector256.Create(-1, -1, 0, 0, -1, -1, 0, 0);
        Vector256<int> fromB = Vector256.Shuffle(b, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5));
        Vector256<int> fromA = Vector256.Shuffle(a, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5));
        (a, b) = (Vector256.ConditionalSelect(first, a, fromB), Vector256.ConditionalSelect(first, fromA, b));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwapSingles(ref Vector256<int> a, ref Vector256<int> b)
    {
        Vector256<int> first = Vector256.Create(-1, 0, -1, 0, -1, 0, -1, 0);
        Vector256<int> fromB = Vector256.Shuffle(b, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));
        Vector256<int> fromA = Vector256.Shuffle(a, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));
        (a, b) = (Vector256.ConditionalSelect(first, a, fromB), Vector256.ConditionalSelect(first, fromA, b));
    }

    /// <summary>Writes four rows as samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        Vector256<int> r0, Vector256<int> r1, Vector256<int> r2, Vector256<int> r3, Span<byte> samples, int stride)
    {
        Vector256<ushort> upper = Vector256.Narrow(Sample(r0), Sample(r1));
        Vector256<ushort> lower = Vector256.Narrow(Sample(r2), Sample(r3));
        Vector256<ulong> rows = Vector256.Narrow(upper, lower).AsUInt64();
        MemoryMarshal.Write(samples, rows.GetElement(0));
        MemoryMarshal.Write(samples[stride..], rows.GetElement(1));
        MemoryMarshal.Write(samples[(2 * stride)..], rows.GetElement(2));
        MemoryMarshal.Write(samples[(3 * stride)..], rows.GetElement(3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Sample(Vector256<int> level)
        => Vector256.Clamp(level + Vector256.Create(Center), Vector256<int>.Zero, Vector256.Create(255)).AsUInt32();
}
