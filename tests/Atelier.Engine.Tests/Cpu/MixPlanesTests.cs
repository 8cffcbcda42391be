using Atelier.Engine.Cpu;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>Mixtures of the planes of a picture against plain loops. 16384 values of a plane are one part of the
/// work.</summary>
public sealed class MixPlanesTests
{
    private static readonly float[] Matrix = [0.7f, -0.7f, 0, -0.35f, 1.5f, 0.25f, 0.1f, 0.2f, -2];

    public static TheoryData<int, int> Areas
        => Widths.With([.. Enumerable.Range(1, 35), 63, 16_383, 16_384, 16_385, 40_001]);

    [Theory]
    [MemberData(nameof(Areas))]
    public void MixPlanes_AnyArea_IsTheMatrixTimesEachPixelOnTopOfWhatIsKept(int bits, int area)
    {
        using IEngine engine = Widths.NewEngine(bits);
        float[] x = Numbers.Normal(1, 3 * area), y = Numbers.Normal(2, 3 * area);
        using Tensor source = engine.CreateTensor(x), target = engine.CreateTensor(y);

        engine.MixPlanes(source, Matrix, 0.75f, target);

        Numbers.AssertClose(
            [.. y.Select((before, i) => (0.75 * before) + Mixed(x, area, i))], engine.Values(target), 1e-6);
        Assert.Equal(Numbers.Doubles(x), engine.Values(source));
        AssertPadding(target);
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void MixPlanes_KeepsNothing_OverwritesWhatIsNotANumber(int bits, int area)
    {
        using IEngine engine = Widths.NewEngine(bits);
        float[] x = Numbers.Normal(1, 3 * area);
        using Tensor source = engine.CreateTensor(x);
        using Tensor target = engine.CreateTensor([.. Enumerable.Repeat(float.NaN, 3 * area)]);

        engine.MixPlanes(source, Matrix, 0, target);

        Numbers.AssertClose([.. x.Select((_, i) => Mixed(x, area, i))], engine.Values(target), 1e-6);
        AssertPadding(target);
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void MixPlanes_AnyNumberOfThreads_SameBits(int bits)
    {
        double[] Mixture(int threads)
        {
            using IEngine engine = Widths.NewEngine(bits, threads);
            using Tensor source = engine.CreateTensor(Numbers.Normal(1, 3 * 40_001));
            using Tensor target = engine.CreateTensor(Numbers.Normal(2, 3 * 40_001));
            engine.MixPlanes(source, Matrix, 0.75f, target);
            return engine.Values(target);
        }

        Assert.Equal(Mixture(1), Mixture(2));
    }

    [Fact]
    public void MixPlanes_MatrixOfAnotherSize_IsRefused()
    {
        using IEngine engine = CpuEngine.Create();
        using Tensor source = engine.CreateTensor(12), target = engine.CreateTensor(12);

        Assert.Throws<ArgumentOutOfRangeException>(() => engine.MixPlanes(source, new float[8], 0, target));
    }

    private static double Mixed(float[] x, int area, int i)
    {
        (int plane, int pixel) = Math.DivRem(i, area);
        double sum = 0;
        for (int other = 0; other < 3; other++)
            sum += Matrix[(3 * plane) + other] * (double)x[(other * area) + pixel];
        return sum;
    }

    /// <summary>A dot product includes what lies behind the values.</summary>
    private static unsafe void AssertPadding(Tensor tensor)
    {
        if (tensor is CpuTensor own)
        {
            for (int i = own.Length; i < own.PaddedLength; i++)
                Assert.Equal(0f, own.Data[i]);
        }
    }
}
