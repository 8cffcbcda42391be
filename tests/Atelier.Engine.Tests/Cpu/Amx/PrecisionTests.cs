using System.Runtime.InteropServices;
using Atelier.Engine.Cpu;
using Atelier.Engine.Cpu.Amx;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu.Amx;

/// <summary>What rounding to bf16 does to a whole objective, and when it is done.</summary>
public sealed unsafe class PrecisionTests
{
    [ThreadStatic]
    private static int _calls;

    private static readonly StylizeOptions Options = StylizeOptions.Version1 with
    {
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
        ContentLayers = LayerSelection.Parse("relu4_1"),
        StyleLayers = LayerSelection.Parse("relu1_1,relu2_1,relu3_1"),
    };

    [Fact]
    public void Evaluate_ObjectiveInBFloat16_IsNearThatInSinglePrecision()
    {
        (double loss, float[] gradient) = Evaluate(Precision.Single);
        (double rounded, float[] roundedGradient) = Evaluate(Precision.BFloat16);

        Assert.NotEqual(loss, rounded);
        Assert.InRange(rounded / loss, 0.99, 1.01);
        double cosine = Dot(gradient, roundedGradient)
            / Math.Sqrt(Dot(gradient, gradient) * Dot(roundedGradient, roundedGradient));
        Assert.InRange(cosine, 0.98, 1);
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, Precision.BFloat16)]
    [InlineData(OptimizerKind.Lbfgs, Precision.Single)]
    [InlineData(OptimizerKind.Gd, Precision.Single)]
    public void PrecisionFor_NothingAsked_IsWhatDoesForTheOptimizer(OptimizerKind optimizer, Precision expected)
    {
        using Stylizer tiles = new(NewEngine(), ownsEngine: true);
        using Stylizer vectors = new(new EngineOptions { Precision = Precision.Single });
        StylizeOptions options = StylizeOptions.Version1 with { Optimizer = optimizer };

        Assert.Equal(expected, tiles.PrecisionFor(options));
        Assert.Equal(Precision.Single, vectors.PrecisionFor(options));
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, true)]
    [InlineData(OptimizerKind.Gd, false)]
    public void Plan_NothingAsked_TriesWhatStylizeWouldDo(OptimizerKind optimizer, bool usesUnits)
    {
        AmxUnits units = AmxUnits.Create(&CountAndClear);
        _calls = 0;
        using IEngine engine = CpuEngine.Create(
            EngineInfo.Current.VectorBits, new EngineOptions { Threads = 1 }, units);
        using Stylizer stylizer = new(engine);
        RunPlan plan = stylizer.Plan(new StylizeRequest
        {
            Content = Numbers.Picture(1, 24, 17),
            Styles = [Numbers.Picture(3, 19, 23)],
            Options = Options with { Optimizer = optimizer },
        });

        Assert.NotEmpty(plan.Scales);
        Assert.Equal(usesUnits, _calls > 0);
    }

    [Fact]
    public void Evaluate_NothingAsked_IsInSinglePrecision()
    {
        using Stylizer tiles = new(NewEngine(), ownsEngine: true);
        using Stylizer vectors = new(new EngineOptions { Precision = Precision.Single });
        Evaluation[] found = [.. new[] { tiles, vectors }.Select(stylizer => stylizer.Evaluate(
            Numbers.Picture(1, 24, 17), Numbers.Picture(2, 24, 17), [Numbers.Picture(3, 19, 23)], Options))];

        Assert.Equal(found[1].Loss, found[0].Loss);
        Assert.Equal(found[1].Gradient, found[0].Gradient);
    }

    [UnmanagedCallersOnly]
    private static void CountAndClear(TileProduct* product)
    {
        _calls++;
        new Span<float>(product->Results, (int)product->Blocks * TileProduct.Pixels * TileProduct.Outputs).Clear();
    }

    private static IEngine NewEngine()
        => CpuEngine.Create(EngineInfo.Current.VectorBits, EngineOptions.Default, ModelProcessor.Units);

    private static (double Loss, float[] Gradient) Evaluate(Precision precision)
    {
        using IEngine engine = NewEngine();
        using Network network = Network.Load(Options.Network, Options.Pooling, engine, precision);
        PlanarPicture picture = PlanarPicture.From(Numbers.Picture(1, 24, 17));
        using Objective objective = new ObjectiveBuilder(engine, (IWorkers)engine, network, Options).Build(
            picture.Height, picture.Width, new ContentTarget(PlanarPicture.From(Numbers.Picture(2, 24, 17))),
            [PlanarPicture.From(Numbers.Picture(3, 19, 23))]);
        using Tensor x = engine.CreateTensor(picture.Values.Length);
        using Tensor gradient = engine.CreateTensor(picture.Values.Length);
        engine.Write(picture.Values, x);
        double loss = objective.Evaluate(x, gradient);
        float[] values = new float[gradient.Length];
        engine.Read(gradient, values);
        return (loss, values);
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
