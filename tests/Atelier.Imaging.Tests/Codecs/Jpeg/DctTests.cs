using Atelier.Imaging.Codecs.Jpeg;

namespace Atelier.Imaging.Tests.Codecs.Jpeg;

public sealed class DctTests
{
    private static readonly int[] Steps = [.. Enumerable.Range(0, 64).Select(i => 1 + (i / 3))];

    /// <summary>The definition of T.81, A.3.3, in double precision.</summary>
    private static double[] Inverse(double[] coefficients)
    {
        double[] samples = new double[64];
        for (int i = 0; i < 64; i++)
        {
            (int y, int x) = Math.DivRem(i, 8);
            for (int j = 0; j < 64; j++)
            {
                (int v, int u) = Math.DivRem(j, 8);
                double norm = (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) / 4;
                samples[i] += norm * coefficients[j]
                    * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
            }
        }

        return samples;
    }

    [Fact]
    public void InverseTransform_RandomBlocks_IsWithinOneLevelOfTheDefinition()
    {
        Random random = new(5);
        for (int round = 0; round < 200; round++)
        {
            short[] block = [.. Enumerable.Range(0, 64).Select(i => (short)random.Next(-60 / (1 + i), 61 / (1 + i)))];
            double[] expected = Inverse([.. block.Zip(Steps, (level, step) => (double)level * step)]);
            byte[] samples = new byte[8 * 11];

            InverseDct.Transform(block, Steps, samples, stride: 11);

            for (int i = 0; i < 64; i++)
            {
                double value = Math.Clamp(expected[i] + 128, 0, 255);
                Assert.InRange(samples[(i / 8 * 11) + (i % 8)] - value, -1, 1);
            }
        }
    }

    [Fact]
    public void InverseTransform_ConstantBlock_EqualsTheShortCut()
    {
        byte[] full = new byte[64], shortCut = new byte[64];
        for (int level = -1500; level <= 1500; level++)
        {
            short[] block = new short[64];
            block[0] = (short)level;

            InverseDct.Transform(block, Steps, full, stride: 8);
            InverseDct.TransformConstant(level, Steps[0], shortCut, stride: 8);

            Assert.Equal(full, shortCut);
        }
    }

    [Fact]
    public void ForwardTransform_ThenDefinitionOfInverse_GivesSamplesBack()
    {
        Random random = new(6);
        float[] samples = [.. Enumerable.Range(0, 8 * 13).Select(_ => random.Next(-128, 128))];
        float[] ones = [.. Enumerable.Repeat(1f, 64)];
        short[] zigzag = new short[64];

        ForwardDct.Transform(samples, 13, ones, zigzag);

        double[] natural = new double[64];
        for (int i = 0; i < 64; i++)
        {
            natural[Block.NaturalOrder[i]] = zigzag[i];
        }

        double[] result = Inverse(natural);
        for (int i = 0; i < 64; i++)
        {
            Assert.InRange(result[i] - samples[(i / 8 * 13) + (i % 8)], -2, 2);
        }
    }
}
