using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Wide = System.Runtime.Intrinsics.Vector512<double>;

namespace Atelier.Engine.Cpu.Kernels;

/// <summary>The transform of filters, G·g·Gᵀ, in double precision: rounding errors in the entries of G are the same for
/// every filter, so they would not average out, and losses would be off by 1e-6 instead of 1e-7.</summary>
internal static unsafe class WinogradFilterTransform
{
    private const int Lanes = 8;

    /// <summary>Transforms filters side by side: nine rows of <paramref name="width"/> numbers, a multiple of eight, to
    /// thirty-six.</summary>
    internal static void Apply(float* taps, int width, float* result)
    {
        Wide* columns = stackalloc Wide[18];
        for (int i = 0; i < width; i += Lanes)
        {
            float* filter = taps + i, product = result + i;
            for (int x = 0; x < 3; x++, filter += width)
            {
                Apply(
                    Load(filter), Load(filter + (3 * width)), Load(filter + (6 * width)), out columns[x],
                    out columns[3 + x], out columns[6 + x], out columns[9 + x], out columns[12 + x]);
                columns[15 + x] = Load(filter + (6 * width));
            }

            for (Wide* row = columns; row < columns + 18; row += 3, product += 6 * width)
            {
                Apply(row[0], row[1], row[2], out Wide r0, out Wide r1, out Wide r2, out Wide r3, out Wide r4);
                Store(r0, product);
                Store(r1, product + width);
                Store(r2, product + (2 * width));
                Store(r3, product + (3 * width));
                Store(r4, product + (4 * width));
                Store(row[2], product + (5 * width));
            }
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Wide value, float* target) => Vector512.Narrow(value, value).GetLower().Store(target);
}
