using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Wide = System.Runtime.Intrinsics.Vector512<double>;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>The transform of filters, G·g·Gᵀ, in double precision: rounding errors in the entries of G are the same for
/// every filter, so they would not average out, and losses would be off by 1e-6 instead of 1e-7.</summary>
internal static unsafe class WinogradFilterTransform
{
    /// <summary>Number of filters that are transformed at a time.</summary>
    internal const int Lanes = 16;

    // Two registers hold the lanes.
    private const int Half = Lanes / 2;
    private const int ColumnValues = 6 * 3;

    /// <summary>Transforms filters side by side: nine rows of <paramref name="width"/> numbers, a multiple of <see
    /// cref="Lanes"/>, to thirty-six.</summary>
    /// <param name="tapStep">Floats from one of the nine rows to the next.</param>
    /// <param name="resultStep">Floats from one of the thirty-six rows to the next.</param>
    internal static void Apply(float* taps, nint tapStep, int width, float* result, nint resultStep)
    {
        Wide* columns = stackalloc Wide[2 * ColumnValues];
        for (int i = 0; i < width; i += Lanes)
        {
            TransformColumns(taps + i, tapStep, columns);
            TransformColumns(taps + i + Half, tapStep, columns + ColumnValues);
            float* product = result + i;
            for (Wide* row = columns; row < columns + ColumnValues; row += 3, product += 6 * resultStep)
            {
                Wide* other = row + ColumnValues;
                Apply(row[0], row[1], row[2], out Wide a0, out Wide a1, out Wide a2, out Wide a3, out Wide a4);
                Apply(other[0], other[1], other[2], out Wide b0, out Wide b1, out Wide b2, out Wide b3, out Wide b4);
                Vector512.Narrow(a0, b0).Store(product);
                Vector512.Narrow(a1, b1).Store(product + resultStep);
                Vector512.Narrow(a2, b2).Store(product + (2 * resultStep));
                Vector512.Narrow(a3, b3).Store(product + (3 * resultStep));
                Vector512.Narrow(a4, b4).Store(product + (4 * resultStep));
                Vector512.Narrow(row[2], other[2]).Store(product + (5 * resultStep));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformColumns(float* taps, nint tapStep, Wide* columns)
    {
        for (int x = 0; x < 3; x++, taps += tapStep)
        {
            Wide last = Load(taps + (6 * tapStep));
            Apply(
                Load(taps), Load(taps + (3 * tapStep)), last, out columns[x], out columns[3 + x], out columns[6 + x],
                out columns[9 + x], out columns[12 + x]);
            columns[15 + x] = last;
        }
    }

    /// <summary>G·(a, b, c)ᵀ except for its last entry, c. The rows of the points ±5/8 and ±3/2 differ in the sign of b
    /// only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(
        Wide a, Wide b, Wide c, out Wide r0, out Wide r1, out Wide r2, out Wide r3, out Wide r4)
    {
        Wide inner = (a * (-2048.0 / 2975)) - (c * (32.0 / 119)), innerOdd = b * (256.0 / 595);
        Wide outer = (a * (128.0 / 1071)) + (c * (32.0 / 119)), outerOdd = b * (64.0 / 357);
        r0 = a * (256.0 / 225);
        r1 = inner - innerOdd;
        r2 = inner + innerOdd;
        r3 = outer + outerOdd;
        r4 = outer - outerOdd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Wide Load(float* source) => Vector512.WidenLower(Vector256.Load(source).ToVector512Unsafe());
}
