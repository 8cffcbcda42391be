using Atelier.Engine.Cpu.Kernels;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu.Kernels;

/// <summary>Matrix products in registers: each number of rows, each group of vectors,
/// from a bias and on top of results.</summary>
public sealed unsafe class RegisterTilesTests
{
    private const int Depth = 7;
    private const int MostRows = 30;
    private const float Sentinel = 777.25f;

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void Multiply_OneTap_IsThePlainProduct(int bits) => ForEachShape(bits, taps: 1);

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void Multiply_NineTaps_IsThePlainConvolution(int bits) => ForEachShape(bits, taps: 3);

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void GroupSize_AnyNumberOfVectors_TakesThemAllAndNoMore(int bits)
    {
        for (int vectors = 1; vectors <= 70; vectors++)
        {
            int left = vectors;
            while (left > 0)
            {
                int group = GroupSize(bits, left);
                Assert.InRange(group, 1, left);
                left -= group;
            }
        }
    }

    private static int GroupSize(int bits, int vectors) => bits switch
    {
        512 => RegisterTiles<Lanes512>.GroupSize(vectors),
        256 => RegisterTiles<Lanes256>.GroupSize(vectors),
        128 => RegisterTiles<Lanes128>.GroupSize(vectors),
        _ => RegisterTiles<LanesScalar>.GroupSize(vectors),
    };

    private static void ForEachShape(int bits, int taps)
    {
        foreach (int vectors in (int[])[1, 2, 4])
        {
            int group = GroupSize(bits, vectors);
            for (int rows = 1; rows <= MostRows; rows++)
            {
                foreach (bool accumulates in (bool[])[false, true])
                    Check(bits, taps, group, rows, accumulates);
            }
        }
    }

    private static void Check(int bits, int taps, int group, int rows, bool accumulates)
    {
        int columns = group * Math.Max(1, bits / 32), pad = columns + 3;
        int pixel = Depth + 2, rowOfPixels = (MostRows + 2) * pixel;
        float[] a = Numbers.Normal(1, taps * rowOfPixels), b = Numbers.Normal(2, taps * taps * Depth * columns);
        float[] start = Numbers.Normal(3, columns), c = new float[(rows + 1) * pad];
        Array.Fill(c, Sentinel);
        for (int i = 0; i < rows * pad && accumulates; i++)
            c[i] = i % pad < columns ? i / 100f : Sentinel;
        float[] before = [.. c];
        fixed (float* pa = a, pb = b, ps = start, pc = c)
        {
            TileOperands o = new()
            {
                ARowStep = pixel * sizeof(float),
                ADepthStep = sizeof(float),
                ATapStep = pixel * sizeof(float),
                ATapRowStep = rowOfPixels * sizeof(float),
                Taps = taps,
                Depth = Depth,
                B = pb,
                BDepthStep = columns * sizeof(float),
                StartRowStep = accumulates ? pad : 0,
                CRowStep = pad,
            };
            Multiply(bits, o, group, rows, pa, accumulates ? pc : ps, pc);
        }

        double[] expected = [.. before.Select((value, i) =>
        {
            (int row, int column) = Math.DivRem(i, pad);
            if (row >= rows || column >= columns)
            {
                return Sentinel;
            }

            double sum = accumulates ? value : start[column];
            for (int k = 0; k < taps * taps * Depth; k++)
            {
                (int tap, int depth) = Math.DivRem(k, Depth);
                int neighbor = (tap / taps * rowOfPixels) + ((row + (tap % taps)) * pixel);
                sum += (double)a[neighbor + depth] * b[(k * columns) + column];
            }

            return sum;
        })];
        for (int i = 0; i < c.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - c[i]) < 1e-4,
                $"{rows} rows, group {group}, at {i}: {expected[i]} expected, {c[i]} found.");
        }
    }

    private static void Multiply(int bits, in TileOperands o, int group, int rows, float* a, float* start, float* c)
    {
        switch (bits)
        {
            case 512: RegisterTiles<Lanes512>.Multiply(o, group, rows, a, start, c); break;
            case 256: RegisterTiles<Lanes256>.Multiply(o, group, rows, a, start, c); break;
            case 128: RegisterTiles<Lanes128>.Multiply(o, group, rows, a, start, c); break;
            default: RegisterTiles<LanesScalar>.Multiply(o, group, rows, a, start, c); break;
        }
    }
}
