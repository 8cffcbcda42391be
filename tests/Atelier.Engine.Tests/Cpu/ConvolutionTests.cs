using Atelier.Engine.Cpu;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>3×3 convolutions against a plain twin in double precision.</summary>
public sealed class ConvolutionTests
{
    private const double Tolerance = 3e-6;

    public static TheoryData<int, (int Height, int Width, int Inputs, int Outputs)> Cases => Widths.With(
        (1, 1, 3, 16), (1, 7, 3, 17), (5, 1, 16, 17), (7, 13, 3, 48), (6, 5, 17, 64), (9, 14, 48, 100),
        (4, 31, 100, 48), (3, 2, 64, 16), (13, 25, 16, 16), (2, 12, 64, 64), (17, 6, 16, 5),
        (19, 131, 3, 16), (11, 9, 1, 16), (9, 6, 4, 20), (7, 5, 260, 520));

    [Theory]
    [MemberData(nameof(Cases))]
    public void ConvolveRelu_AnyShape_IsThePlainSum(int bits, (int Height, int Width, int Inputs, int Outputs) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        PlainConvolution c = new(engine, size);
        using Filter filter = c.Filter;
        using GuardedMap input = GuardedMap.Random(engine, c.InputShape, seed: 3);
        using GuardedMap output = new GuardedMap(engine, c.OutputShape).Soiled();
        using GuardedMap again = new GuardedMap(engine, c.OutputShape).Soiled();
        using FeatureBits signs = engine.CreateBits(c.OutputShape, bitsPerValue: 1);

        engine.ConvolveRelu(filter, input.Map, output.Map, signs);
        engine.ConvolveRelu(filter, input.Map, again.Map, signs: null);

        double[] expected = [.. c.Forward(input.Values).Select(value => Math.Max(0, value))];
        Numbers.AssertClose(expected, output.Values, ToleranceFor(size.Inputs));
        Assert.Equal(output.Values, again.Values);
        output.AssertClean();
        Assert.Equal(output.Values.Select(value => value > 0), Bits.Of(signs, word: 0));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ConvolveBackward_AnyShape_IsThePlainSum(int bits, (int Height, int Width, int Inputs, int Outputs) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        PlainConvolution c = new(engine, size);
        using Filter filter = c.Filter;
        using GuardedMap outputGradient = GuardedMap.Random(engine, c.OutputShape, seed: 4);
        using GuardedMap gradient = new GuardedMap(engine, c.InputShape).Soiled();

        engine.ConvolveBackward(filter, outputGradient.Map, gradient.Map, inputSigns: null);

        Numbers.AssertClose(c.Backward(outputGradient.Values), gradient.Values, ToleranceFor(size.Outputs));
        if (size.Inputs > 4)
        {
            gradient.AssertClean();
        }

        // The border of a picture's gradient is not zero; PaddingTests know what it is.
        gradient.AssertGuarded();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void ConvolveBackward_InputWasARelu_GradientGoesThroughIt(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        PlainConvolution c = new(engine, (5, 9, 17, 48));
        using Filter filter = c.Filter;
        using GuardedMap outputGradient = GuardedMap.Random(engine, c.OutputShape, seed: 5);
        using GuardedMap plain = new(engine, c.InputShape);
        using GuardedMap gradient = new GuardedMap(engine, c.InputShape).Soiled();
        using FeatureBits signs = engine.CreateBits(c.InputShape, bitsPerValue: 1);
        Bits.Fill(signs, seed: 6);

        engine.ConvolveBackward(filter, outputGradient.Map, plain.Map, inputSigns: null);
        engine.ConvolveBackward(filter, outputGradient.Map, gradient.Map, signs);

        Assert.Equal(plain.Values.Zip(Bits.Of(signs, word: 0), (value, kept) => kept ? value : 0), gradient.Values);
        gradient.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void ConvolveBackward_IsTheAdjointOfForward(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        PlainConvolution c = new(engine, (11, 6, 48, 17), bias: false);
        using Filter filter = c.Filter;
        using GuardedMap input = GuardedMap.Random(engine, c.InputShape, seed: 7), output = new(engine, c.OutputShape);
        using GuardedMap direction = GuardedMap.Random(engine, c.OutputShape, seed: 8);
        using GuardedMap gradient = new(engine, c.InputShape);
        using FeatureBits signs = engine.CreateBits(c.OutputShape, bitsPerValue: 1);

        engine.ConvolveRelu(filter, input.Map, output.Map, signs);
        double forward = Dot(output.Values, direction.Values);
        double magnitude = output.Values.Zip(direction.Values, (a, b) => Math.Abs(a * b)).Sum();
        bool[] kept = Bits.Of(signs, word: 0);
        using GuardedMap before = new(
            engine, c.OutputShape, [.. direction.Values.Select((value, i) => kept[i] ? (float)value : 0f)]);
        engine.ConvolveBackward(filter, before.Map, gradient.Map, inputSigns: null);

        Assert.Equal(forward, Dot(gradient.Values, input.Values), 1e-6 * magnitude);
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void ConvolveRelu_NotANumber_SpreadsToItsNeighborsAndNoFurtherThanTheirTiles(int bits)
    {
        using IEngine engine = Widths.NewEngine(bits);
        PlainConvolution c = new(engine, (13, 17, 16, 16));
        using Filter filter = c.Filter;
        float[] values = Numbers.Normal(9, (int)c.InputShape.Count);
        values[((2 * 17) + 3) * 16] = float.NaN;
        using GuardedMap input = new(engine, c.InputShape, values), output = new(engine, c.OutputShape);

        engine.ConvolveRelu(filter, input.Map, output.Map, signs: null);

        for (int pixel = 0; pixel < c.OutputShape.Area; pixel++)
        {
            (int row, int column) = (pixel / 17, pixel % 17);
            bool isNeighbor = Math.Abs(row - 2) <= 1 && Math.Abs(column - 3) <= 1, isNear = row < 4 && column < 8;
            Assert.All(output.Values[(pixel * 16)..((pixel + 1) * 16)], value =>
                Assert.True(double.IsNaN(value) ? isNear : !isNeighbor, $"Pixel {row}, {column} is {value}."));
        }
    }

    [Fact]
    public void NewFilter_WeightsThatMakeNoFilter_Throws()
    {
        using IEngine engine = CpuEngine.Create();
        Assert.Throws<ArgumentException>(() => engine.CreateFilter(new float[9 * 5], new float[2]));
        Assert.Throws<ArgumentException>(() => engine.CreateFilter(new float[5], new float[2]));
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    /// <summary>Rounding errors add up like a random walk, so deep sums may be off by more.</summary>
    private static double ToleranceFor(int depth) => Tolerance * Math.Max(1, Math.Sqrt(depth / 100.0));
}
