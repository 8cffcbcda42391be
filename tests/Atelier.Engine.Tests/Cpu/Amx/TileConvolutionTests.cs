using Atelier.Engine.Cpu;
using Atelier.Engine.Cpu.Amx;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu.Amx;

/// <summary>3×3 convolutions in bf16 at every vector width, the tiles on a model of the processor or on its own AMX
/// units where it has them: against a plain twin in double precision on numbers that bf16 holds exactly.</summary>
public sealed class TileConvolutionTests
{
    private const double Tolerance = 3e-6;

    // Fewer pixels than a block and more; depths of whole steps and of half a step more; half a block of outputs.
    private static readonly (int Height, int Width, int Inputs, int Outputs)[] Sizes =
    [
        (1, 1, 16, 16), (1, 7, 17, 33), (5, 1, 32, 20), (7, 13, 48, 48), (6, 5, 16, 64), (2, 37, 64, 16),
        (33, 3, 8, 8), (13, 25, 16, 32),
    ];

    public static TheoryData<int, (int Height, int Width, int Inputs, int Outputs)> Cases => Widths.With(Sizes);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Convolve_ModelOfTheUnits_IsThePlainSum(int bits, (int Height, int Width, int Inputs, int Outputs) size)
        => CheckBothDirections(bits, size, ModelProcessor.Units);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Convolve_UnitsOfThisProcessor_IsThePlainSum(
        int bits, (int Height, int Width, int Inputs, int Outputs) size)
        => CheckBothDirections(bits, size, Own());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Convolve_MapOfSeveralPartsOfSeveralStrips_IsThePlainSum(bool onThisProcessor)
        => CheckBothDirections(
            EngineInfo.Current.VectorBits, (33, 270, 8, 20), onThisProcessor ? Own() : ModelProcessor.Units);

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void ConvolveRelu_NumbersThatBFloat16DoesNotHold_AreRoundedFirst(int bits)
    {
        (int, int, int, int) size = (6, 11, 20, 40);
        using IEngine engine = NewEngine(bits, ModelProcessor.Units);
        PlainConvolution plain = new(engine, size), rounded = new(engine, size, round: Rounded);
        using Filter filter = plain.Filter, roundedFilter = rounded.Filter;
        float[] values = Numbers.Normal(3, (int)plain.InputShape.Count);
        using GuardedMap input = new(engine, plain.InputShape, values);
        using GuardedMap roundedInput = new(engine, plain.InputShape, [.. values.Select(Rounded)]);
        using GuardedMap output = new(engine, plain.OutputShape), expected = new(engine, plain.OutputShape);

        engine.ConvolveRelu(filter, input.Map, output.Map, signs: null);
        engine.ConvolveRelu(roundedFilter, roundedInput.Map, expected.Map, signs: null);

        Assert.Equal(expected.Values, output.Values);
        Assert.NotEqual(values, values.Select(Rounded));
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void ConvolveBackward_InputWasARelu_GradientGoesThroughIt(int bits)
    {
        using IEngine engine = NewEngine(bits, ModelProcessor.Units);
        PlainConvolution c = new(engine, (5, 9, 48, 20));
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
    public void Convolve_Bands_GiveTheBitsOfTheWholeAndReadNoRowsButTheirNeighbors(int bits)
    {
        using IEngine engine = NewEngine(bits, ModelProcessor.Units);
        PlainConvolution c = new(engine, (35, 9, 20, 33));
        using Filter filter = c.Filter;
        CheckBands(
            engine, c.InputShape, c.OutputShape,
            (input, output, rows) => engine.ConvolveRelu(filter, input, output, signs: null, rows));
        CheckBands(
            engine, c.OutputShape, c.InputShape,
            (input, output, rows) => engine.ConvolveBackward(filter, input, output, inputSigns: null, rows));
    }

    [Fact]
    public void Estimate_BFloat16_KeepsHalfTheWeightsAndTakesAThirdOfTheTime()
    {
        const int Inputs = 64, Outputs = 128, Side = 1024;
        using IEngine engine = NewEngine(EngineInfo.Current.VectorBits, ModelProcessor.Units);
        float[] weights = new float[9 * Inputs * Outputs];
        using Filter tiles = engine.CreateFilter(weights, new float[Outputs]);
        using Filter vectors = engine.CreateFilter(weights, new float[Outputs], Precision.Single);
        foreach (bool isBackward in (bool[])[false, true])
        {
            ConvolutionEstimate rounded = engine.Estimate(tiles, isBackward, Side, Side);
            ConvolutionEstimate single = engine.Estimate(vectors, isBackward, Side, Side);
            Assert.Equal((weights.Length * sizeof(float) / 2, 0), (rounded.KeptBytes, rounded.SharedBytes));
            Assert.Equal((0, weights.Length * sizeof(float) * 4), (single.KeptBytes, single.SharedBytes));
            Assert.InRange(single.Work / rounded.Work, 2.5, 4);
        }
    }

    [Fact]
    public void ConvolveRelu_AnyNumberOfThreads_GivesTheSameBits()
    {
        double[][] outputs = [.. new[] { 1, 3 }.Select(threads =>
        {
            using IEngine engine = NewEngine(EngineInfo.Current.VectorBits, ModelProcessor.Units, threads);
            PlainConvolution c = new(engine, (35, 6, 16, 16));
            using Filter filter = c.Filter;
            using GuardedMap input = GuardedMap.Random(engine, c.InputShape, seed: 3);
            using GuardedMap output = new(engine, c.OutputShape);
            engine.ConvolveRelu(filter, input.Map, output.Map, signs: null);
            return output.Values;
        })];

        Assert.Equal(outputs[0], outputs[1]);
    }

    [Fact]
    public void NewFilter_SinglePrecisionAsked_LeavesTheUnitsUnused()
    {
        using IEngine tiles = NewEngine(EngineInfo.Current.VectorBits, ModelProcessor.Units);
        using IEngine vectors = CpuEngine.Create(new EngineOptions { Threads = 1, Precision = Precision.Single });
        Assert.Equal((Precision.BFloat16, Precision.Single), (tiles.Precision, vectors.Precision));
        float[] weights = Numbers.Normal(1, 9 * 16 * 16), bias = Numbers.Normal(2, 16);
        Shape shape = new(4, 5, 16);
        double[][] outputs = [.. new[] { (tiles, Precision.Single), (tiles, Precision.Auto), (vectors, Precision.Auto) }
            .Select(each =>
            {
                (IEngine engine, Precision precision) = each;
                using Filter filter = engine.CreateFilter(weights, bias, precision);
                using GuardedMap input = GuardedMap.Random(engine, shape, seed: 3), output = new(engine, shape);
                engine.ConvolveRelu(filter, input.Map, output.Map, signs: null);
                return output.Values;
            })];

        Assert.Equal(outputs[2], outputs[0]);
        Assert.NotEqual(outputs[2], outputs[1]);
        Assert.Throws<ArgumentException>(() => vectors.CreateFilter(weights, bias, Precision.BFloat16));
    }

    [Fact]
    public async Task Convolve_CollectionsMeanwhile_EveryResultIsTheSame()
    {
        AmxUnits units = Own();
        using IEngine engine = NewEngine(EngineInfo.Current.VectorBits, units, threads: 4);
        PlainConvolution c = new(engine, (48, 40, 64, 32));
        using Filter filter = c.Filter;
        using GuardedMap input = GuardedMap.Random(engine, c.InputShape, seed: 3);
        using GuardedMap first = new(engine, c.OutputShape), output = new(engine, c.OutputShape);
        engine.ConvolveRelu(filter, input.Map, first.Map, signs: null);
        double[] expected = first.Values;
        int before = GC.CollectionCount(0);
        using CancellationTokenSource stop = new();
        Task collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }, TestContext.Current.CancellationToken);

        for (int i = 0; i < 40; i++)
        {
            engine.ConvolveRelu(filter, input.Map, output.Map, signs: null);
            Assert.Equal(expected, output.Values);
        }

        await stop.CancelAsync();
        await collector;
        Assert.True(GC.CollectionCount(0) > before + 10);
    }

    private static void CheckBothDirections(
        int bits, (int Height, int Width, int Inputs, int Outputs) size, AmxUnits units)
    {
        using IEngine engine = NewEngine(bits, units);
        PlainConvolution c = new(engine, size, round: Rounded);
        using Filter filter = c.Filter;
        using GuardedMap input = RoundedMap(engine, c.InputShape, seed: 3);
        using GuardedMap output = new GuardedMap(engine, c.OutputShape).Soiled();
        using FeatureBits signs = engine.CreateBits(c.OutputShape, bitsPerValue: 1);
        engine.ConvolveRelu(filter, input.Map, output.Map, signs);

        Numbers.AssertClose([.. c.Forward(input.Values).Select(value => Math.Max(0, value))], output.Values, Tolerance);
        Assert.Equal(output.Values.Select(value => value > 0), Bits.Of(signs, word: 0));
        output.AssertClean();

        using GuardedMap outputGradient = RoundedMap(engine, c.OutputShape, seed: 4);
        using GuardedMap gradient = new GuardedMap(engine, c.InputShape).Soiled();
        engine.ConvolveBackward(filter, outputGradient.Map, gradient.Map, inputSigns: null);

        Numbers.AssertClose(c.Backward(outputGradient.Values), gradient.Values, Tolerance);
        gradient.AssertClean();
    }

    private static void CheckBands(
        IEngine engine, Shape inputShape, Shape outputShape, Action<FeatureMap, FeatureMap, Rows> convolve)
    {
        float[] values = Numbers.Normal(3, (int)inputShape.Count);
        int ofRow = inputShape.Width * inputShape.Channels, height = inputShape.Height;
        using GuardedMap input = new(engine, inputShape, values), whole = new(engine, outputShape);
        using GuardedMap output = new GuardedMap(engine, outputShape).Soiled();
        convolve(input.Map, whole.Map, new Rows(0, height));

        foreach ((int first, int end) in ((int, int)[])[(0, 5), (5, 6), (6, 30), (30, height)])
        {
            float[] needed = [.. values.Select((value, i) =>
                i / ofRow >= first - 1 && i / ofRow <= end ? value : float.NaN)];
            using GuardedMap band = new(engine, inputShape, needed);
            convolve(band.Map, output.Map, new Rows(first, end));
        }

        Assert.Equal(whole.Values, output.Values);
        output.AssertClean();
    }

    private static AmxUnits Own()
    {
        Assert.SkipWhen(AmxUnits.Current.Refusal is not null, $"AMX units: {AmxUnits.Current.Refusal}");
        return AmxUnits.Current;
    }

    private static IEngine NewEngine(int bits, AmxUnits units, int threads = 2)
        => CpuEngine.Create(bits, new EngineOptions { Threads = threads }, units);

    private static GuardedMap RoundedMap(IEngine engine, Shape shape, int seed)
        => new(engine, shape, [.. Numbers.Normal(seed, (int)shape.Count).Select(Rounded)]);

    private static float Rounded(float value) => BFloat16.Widen(BFloat16.Round(value));
}
