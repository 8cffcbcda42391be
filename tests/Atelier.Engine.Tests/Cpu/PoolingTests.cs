using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu;

/// <summary>2×2 pooling, both ways, against plain twins.</summary>
public sealed class PoolingTests
{
    public static TheoryData<int, (int Height, int Width, int Channels)> Cases => Widths.With(
        (2, 2, 16), (3, 2, 17), (2, 5, 48), (7, 9, 64), (8, 13, 100), (15, 4, 5));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pool_Max_TakesTheLargestAndRemembersItsPlace(int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels), half = Half(shape);
        using GuardedMap input = new(engine, shape, TiedValues(shape));
        using GuardedMap output = new GuardedMap(engine, half).Soiled(), again = new GuardedMap(engine, half).Soiled();
        using FeatureBits places = engine.CreateBits(half, bitsPerValue: 2);

        engine.Pool(Pooling.Max, input.Map, output.Map, places);
        engine.Pool(Pooling.Max, input.Map, again.Map, places: null);

        double[] values = input.Values;
        bool[] low = Bits.Of(places, word: 0), high = Bits.Of(places, word: 1);
        for (int i = 0; i < half.Count; i++)
        {
            double[] window = [.. Window(shape, i).Select(index => values[index])];
            Assert.Equal(window.Max(), output.Values[i]);
            Assert.Equal(Array.IndexOf(window, window.Max()), (low[i] ? 1 : 0) + (high[i] ? 2 : 0));
        }

        Assert.Equal(output.Values, again.Values);
        output.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pool_Average_TakesTheMean(int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels), half = Half(shape);
        using GuardedMap input = GuardedMap.Random(engine, shape, seed: 1);
        using GuardedMap output = new GuardedMap(engine, half).Soiled();

        engine.Pool(Pooling.Average, input.Map, output.Map, places: null);

        double[] values = input.Values;
        Numbers.AssertClose(
            [.. Enumerable.Range(0, (int)half.Count).Select(i => Window(shape, i).Average(index => values[index]))],
            output.Values, 1e-6);
        output.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PoolBackward_Max_GradientGoesToTheLargest(int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels), half = Half(shape);
        using GuardedMap input = new(engine, shape, TiedValues(shape)), output = new(engine, half);
        using GuardedMap outputGradient = GuardedMap.Random(engine, half, seed: 2);
        using GuardedMap gradient = new GuardedMap(engine, shape).Soiled();
        using FeatureBits places = engine.CreateBits(half, bitsPerValue: 2);
        engine.Pool(Pooling.Max, input.Map, output.Map, places);

        engine.PoolBackward(Pooling.Max, outputGradient.Map, places, gradient.Map, inputSigns: null);

        double[] values = input.Values, expected = new double[shape.Count];
        for (int i = 0; i < half.Count; i++)
            expected[Window(shape, i).MaxBy(index => values[index])] = outputGradient.Values[i];
        Assert.Equal(expected, gradient.Values);
        gradient.AssertClean();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void PoolBackward_AverageAfterRelu_GradientIsSharedByThePositive(
        int bits, (int Height, int Width, int Channels) size)
    {
        using IEngine engine = Widths.NewEngine(bits);
        Shape shape = new(size.Height, size.Width, size.Channels), half = Half(shape);
        using GuardedMap outputGradient = GuardedMap.Random(engine, half, seed: 3);
        using GuardedMap gradient = new GuardedMap(engine, shape).Soiled();
        using FeatureBits signs = engine.CreateBits(shape, bitsPerValue: 1);
        Bits.Fill(signs, seed: 4);

        engine.PoolBackward(Pooling.Average, outputGradient.Map, places: null, gradient.Map, signs);

        bool[] kept = Bits.Of(signs, word: 0);
        double[] expected = new double[shape.Count];
        for (int i = 0; i < half.Count; i++)
        {
            foreach (int index in Window(shape, i).Where(index => kept[index]))
                expected[index] = outputGradient.Values[i] / 4;
        }

        Assert.Equal(expected, gradient.Values);
        gradient.AssertClean();
    }

    private static Shape Half(Shape shape) => shape with { Height = shape.Height / 2, Width = shape.Width / 2 };

    /// <summary>Few different values, so that many windows have several largest ones, as after a ReLU.</summary>
    private static float[] TiedValues(Shape shape)
        => [.. Numbers.Normal(5, (int)shape.Count).Select(value => Math.Max(0f, MathF.Round(value)))];

    /// <summary>The four values above one of the output, from the top left.</summary>
    private static int[] Window(Shape input, int outputIndex)
    {
        (int pixel, int channel) = Math.DivRem(outputIndex, input.Channels);
        (int y, int x) = Math.DivRem(pixel, input.Width / 2);
        return [.. Enumerable.Range(0, 4).Select(place =>
            (((((2 * y) + (place / 2)) * input.Width) + (2 * x) + (place % 2)) * input.Channels) + channel)];
    }
}
