using Atelier.Engine.Cpu;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>Operations on rows of numbers against plain twins. 16384 values are one part of the work.</summary>
public sealed class TensorOperationTests
{
    public static TheoryData<int, int> Lengths
        => Widths.With([.. Enumerable.Range(1, 70), 16_383, 16_384, 16_385, 40_001]);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Dot_AnyLength_IsTheSumOfProducts(int bits, int length)
    {
        using IEngine engine = Widths.NewEngine(bits);
        (double[] x, double[] y) = (Random(1, length), Random(2, length));
        using Tensor tx = New(engine, x), ty = New(engine, y);

        double magnitude = x.Zip(y, (a, b) => Math.Abs(a * b)).Sum();
        Assert.Equal(x.Zip(y, (a, b) => a * b).Sum(), engine.Dot(tx, ty), 1e-5 * magnitude);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AddScaledAndCopyScaled_AnyLength_ArePlainSums(int bits, int length)
    {
        using IEngine engine = Widths.NewEngine(bits);
        (double[] x, double[] y) = (Random(3, length), Random(4, length));
        using Tensor tx = New(engine, x), ty = New(engine, y), copy = engine.CreateTensor(length);

        engine.CopyScaled(ty, -0.75f, copy);
        engine.AddScaled(tx, 0.3f, ty);

        Numbers.AssertClose([.. x.Zip(y, (a, b) => ((double)0.3f * a) + b)], engine.Values(ty), 1e-6);
        Numbers.AssertClose([.. y.Select(value => -0.75 * value)], engine.Values(copy), 1e-7);
        AssertPadding(ty, copy);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Multiply_AnyLength_IsValueByValue(int bits, int length)
    {
        using IEngine engine = Widths.NewEngine(bits);
        (double[] x, double[] y) = (Random(3, length), Random(4, length));
        using Tensor tx = New(engine, x), ty = New(engine, y);

        engine.Multiply(tx, ty);

        Numbers.AssertClose([.. x.Zip(y, (a, b) => a * b)], engine.Values(ty), 1e-6);
        AssertPadding(ty);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Move_Bounds_HoldEveryValueInside(int bits, int length)
    {
        using IEngine engine = Widths.NewEngine(bits);
        (double[] x, double[] direction) = (Random(5, length), Random(6, length));
        using Tensor tx = New(engine, x), td = New(engine, direction), target = engine.CreateTensor(length);

        engine.Move(tx, td, 0.5f, 0.25f, 0.75f, target);

        Numbers.AssertClose(
            [.. x.Zip(direction, (a, b) => Math.Clamp(a + (0.5 * b), 0.25, 0.75))], engine.Values(target), 1e-6);
        AssertPadding(target);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void DropOutward_AtABound_DropsOnlyWhatPushesOut(int bits, int length)
    {
        using IEngine engine = Widths.NewEngine(bits);
        double[] x = [.. Random(7, length).Select(value => Math.Clamp(value, 0, 1))], vector = Random(8, length);
        using Tensor tx = New(engine, x), tv = New(engine, vector);

        engine.DropOutward(tx, 0f, 1f, tv);

        Assert.Equal(
            x.Zip(vector, (at, push) => (at == 0 && push < 0) || (at == 1 && push > 0) ? 0 : push), engine.Values(tv));
        AssertPadding(tv);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void AdamStep_AnyLength_IsTheFormula(int bits, int length)
    {
        using IEngine engine = Widths.NewEngine(bits);
        double[] g = Random(9, length), m = Random(10, length), v = [.. Random(11, length).Select(Math.Abs)];
        double[] x = [.. Random(12, length).Select(value => Math.Clamp(value, 0.25, 0.75))];
        double[] average = Random(13, length);
        using Tensor tg = New(engine, g), tm = New(engine, m), tv = New(engine, v);
        using Tensor tx = New(engine, x), ta = New(engine, average);
        AdamStep step = new(
            StepSize: 0.05f, Beta1: 0.875f, Beta2: 0.96875f, SquareCorrection: 1.5f, Epsilon: 1e-3f, Decay: 0.75f,
            Min: 0.25f, Max: 0.75f);

        engine.AdamStep(step, tg, tm, tv, tx, ta);

        for (int i = 0; i < length; i++)
        {
            m[i] = (0.875 * m[i]) + (0.125 * g[i]);
            v[i] = (0.96875 * v[i]) + (0.03125 * g[i] * g[i]);
            x[i] = Math.Clamp(x[i] - ((double)0.05f * m[i] / (Math.Sqrt(1.5 * v[i]) + (double)1e-3f)), 0.25, 0.75);
            average[i] = (0.75 * average[i]) + (0.25 * x[i]);
        }

        Numbers.AssertClose(m, engine.Values(tm), 1e-6);
        Numbers.AssertClose(v, engine.Values(tv), 1e-6);
        Numbers.AssertClose(x, engine.Values(tx), 1e-5);
        Numbers.AssertClose(average, engine.Values(ta), 1e-5);
        AssertPadding(tm, tv, tx, ta);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void WeightedDistance_AnyLength_IsTheSumAndAddsItsGradient(int bits, int length)
    {
        using IEngine engine = Widths.NewEngine(bits);
        (double[] x, double[] target, double[] before) = (Random(14, length), Random(15, length), Random(16, length));
        double[] weights = [.. Random(17, length).Select(Math.Abs)];
        using Tensor tx = New(engine, x), tt = New(engine, target), tw = New(engine, weights);
        using Tensor gradient = New(engine, before);

        double sum = engine.WeightedDistance(tx, tt, tw, 0.75f, gradient);

        double[] differences = [.. x.Zip(target, (a, b) => a - b)];
        double expected = weights.Zip(differences, (w, d) => w * d * d).Sum();
        Assert.Equal(expected, sum, 1e-5 * expected);
        Numbers.AssertClose(
            [.. before.Select((g, i) => g + (0.75 * weights[i] * differences[i]))], engine.Values(gradient), 1e-6);
        AssertPadding(gradient);
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void Move_NotFiniteValues_AreNotHidden(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        using Tensor x = engine.CreateTensor(new float[17]), target = engine.CreateTensor(17);
        using Tensor direction = engine.CreateTensor(
            [float.NaN, float.PositiveInfinity, float.NegativeInfinity, .. new float[14]]);

        engine.Move(x, direction, 1f, 0f, 1f, target);

        Assert.Equal([double.NaN, 1, 0, .. new double[14]], engine.Values(target));
    }

    [Fact]
    public void WriteAndRead_WrongLength_Throws()
    {
        using IEngine engine = CpuEngine.Create();
        using Tensor tensor = engine.CreateTensor(17);
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Write(new float[16], tensor));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Read(tensor, new float[18]));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.CreateTensor(0));
    }

    private static double[] Random(int seed, int length) => Numbers.Doubles(Numbers.Normal(seed, length));

    private static Tensor New(IEngine engine, double[] values)
        => engine.CreateTensor([.. values.Select(value => (float)value)]);

    private static unsafe void AssertPadding(params Tensor[] tensors)
    {
        foreach (CpuTensor tensor in tensors.OfType<CpuTensor>())
        {
            for (int i = tensor.Length; i < tensor.PaddedLength; i++)
                Assert.Equal(0f, tensor.Data[i]);
        }
    }
}
