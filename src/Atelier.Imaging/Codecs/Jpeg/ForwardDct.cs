using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The forward DCT as two products with the matrix of cosines, and quantization.</summary>
internal static class ForwardDct
{
    /// <summary>Row u, column x: the value of the u-th basis function at x.</summary>
    private static readonly float[] Basis = MakeBasis();

    /// <summary><see cref="Basis"/> transposed.</summary>
    private static readonly float[] Transposed =
        [.. Enumerable.Range(0, Block.Area).Select(i => Basis[(i % Block.Size * Block.Size) + (i / Block.Size)])];

    /// <summary>Transforms and quantizes a block.</summary>
    /// <param name="samples">The block's first sample in rows of <paramref name="stride"/>, centered on 0.</param>
    /// <param name="stride">Length of a row of samples.</param>
    /// <param name="quantization">64 steps in natural order.</param>
    /// <param name="coefficients">64 quantized coefficients, in zigzag order.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transform(
        ReadOnlySpan<float> samples, int stride, ReadOnlySpan<float> quantization, Span<short> coefficients)
    {
        Span<float> columns = stackalloc float[Block.Area];
        for (int u = 0; u < Block.Size; u++)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            for (int y = 0; y < Block.Size; y++)
            {
                sum += Vector256.Create(samples[(y * stride)..]) * Basis[(u * Block.Size) + y];
            }

            sum.CopyTo(columns[(u * Block.Size)..]);
        }

        Span<int> levels = stackalloc int[Block.Area];
        for (int row = 0; row < Block.Area; row += Block.Size)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            for (int x = 0; x < Block.Size; x++)
            {
                sum += Vector256.Create(Transposed.AsSpan(x * Block.Size)) * columns[row + x];
            }

            Vector256<float> rounded = Vector256.Round(sum / Vector256.Create(quantization[row..]));
            Vector256.ConvertToInt32(rounded).CopyTo(levels[row..]);
        }

        for (int i = 0; i < Block.Area; i++)
        {
            coefficients[i] = (short)levels[Block.NaturalOrder[i]];
        }
    }

    private static float[] MakeBasis()
    {
        float[] basis = new float[Block.Area];
        for (int i = 0; i < Block.Area; i++)
        {
            (int u, int x) = Math.DivRem(i, Block.Size);
            double norm = u == 0 ? Math.Sqrt(0.125) : 0.5;
            basis[i] = (float)(norm * Math.Cos(((2 * x) + 1) * u * Math.PI / 16));
        }

        return basis;
    }
}
