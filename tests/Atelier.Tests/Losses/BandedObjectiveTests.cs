using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests.Losses;

/// <summary>The objective of a picture that is worked through in bands, with as little memory as can be, is that of the
/// picture as a whole: all losses, odd sizes.</summary>
public sealed class BandedObjectiveTests
{
    private const long NoMemory = 1;
    private static readonly (int Height, int Width)[] Sizes = [(211, 67), (150, 93)];

    public static TheoryData<StyleLossKind, ContentLossKind, TotalVariationKind, Pooling> Cases => new()
    {
        { StyleLossKind.Wasserstein, ContentLossKind.Mean, TotalVariationKind.NinePoint, Pooling.Max },
        { StyleLossKind.Gram, ContentLossKind.HalfSum, TotalVariationKind.Squared, Pooling.Average },
        { StyleLossKind.Moments, ContentLossKind.QuarterMean, TotalVariationKind.Power, Pooling.Max },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_InBands_AgreesWithTheWhole(
        StyleLossKind style, ContentLossKind content, TotalVariationKind tv, Pooling pooling)
    {
        StylizeOptions options = StylizeOptions.Version1 with
        {
            StyleLoss = style,
            ContentLoss = content,
            Tv = tv,
            Pooling = pooling,
            StyleLayers = LayerSelection.Parse("all"),
        };

        // Sums of bands are added in another order, which rounding to bf16 would make more of.
        using IEngine engine = Widths.NewEngine(EngineInfo.Current.VectorBits);
        using Network network = Network.Load("compact", pooling, engine);
        ObjectiveBuilder builder = new(engine, (IWorkers)engine, network, options);
        foreach ((int height, int width) in Sizes)
        {
            CostedLayout roomy = builder.PlanEncoder(height, width, long.MaxValue)!;
            CostedLayout lean = builder.PlanEncoder(height, width, NoMemory)!;
            Assert.True(lean.Bytes < roomy.Bytes, $"{lean} is not leaner than {roomy}.");
            foreach (SpatialGuides guides in (SpatialGuides[])[SpatialGuides.None, Masks])
            {
                (double loss, float[] gradient) = Evaluate(engine, builder, height, width, long.MaxValue, guides);
                (double bandedLoss, float[] bandedGradient) =
                    Evaluate(engine, builder, height, width, NoMemory, guides);
                Assert.Equal(loss, bandedLoss, 1e-5 * loss);
                float largest = gradient.Max(Math.Abs);
                Assert.InRange(gradient.Zip(bandedGradient, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-4f * largest);
            }
        }

        Assert.Empty(builder.Warnings);
    }

    /// <summary>Soft, of sizes that are those of no picture.</summary>
    private static SpatialGuides Masks => new()
    {
        StyleMasks = [StyleMask.FromPicture(Numbers.Picture(5, 97, 40)), StyleMask.Rest],
        StyleRegions = [null, Numbers.Picture(6, 33, 51)],
        Preserve = Numbers.Picture(7, 20, 300),
    };

    [Fact]
    public void PlanChain_LessMemory_TakesMoreWorkAndStaysWithin()
    {
        using IEngine engine = CpuEngine.Create();
        using Network network = Network.Load("compact", Pooling.Max, engine);
        ObjectiveBuilder builder = new(engine, (IWorkers)engine, network, StylizeOptions.Version1);
        CostedLayout last = builder.PlanEncoder(1500, 2100, long.MaxValue)!;
        foreach (double share in (double[])[0.8, 0.6, 0.5])
        {
            long most = (long)(share * last.Bytes);
            CostedLayout layout = builder.PlanEncoder(1500, 2100, most)!;
            Assert.InRange(layout.Bytes, 1, most);
            Assert.True(layout.Work >= last.Work, $"{layout} takes less memory and less work than {last}.");
        }
    }

    [Fact]
    public void Chain_OfAPlan_TakesTheMemoryThatThePlanSays()
    {
        using IEngine engine = CpuEngine.Create();
        using Network network = Network.Load("compact", Pooling.Max, engine);
        EncoderGeometry geometry = new(network, 700, 333, ["relu2_1", "relu4_2", "relu5_1"], needsGradient: true);
        foreach (long most in (long[])[long.MaxValue, NoMemory])
        {
            CostedLayout layout = LayoutChoice.Choose(engine, geometry, most);
            EncoderSchedule schedule = new(geometry, layout.Layout);
            Assert.InRange(engine.GetBytes(schedule.Maps), 1, layout.Bytes);
            Assert.All(schedule.Maps, map => Assert.InRange(map.Rows, 0, map.Shape.Height));
        }
    }

    private static (double Loss, float[] Gradient) Evaluate(
        IEngine engine, ObjectiveBuilder builder, int height, int width, long maxBytes, SpatialGuides guides)
    {
        PlanarPicture Noise(int seed, int h, int w) => new(h, w, Numbers.Uniform(seed, 3 * h * w));
        ImmutableArray<SizedStyle> styles = [Noise(3, 131, 77), Noise(4, 40, 90)];
        ContentTarget content = new(
            Noise(1, height, width), new Mask(height, width, Numbers.Uniform(5, height * width)));
        using Objective objective = builder.Build(
            height, width, content, styles, maxBytes,
            ResolvedGuides.Create(guides, styles.Length, height, width, margin: 0));
        using Tensor x = engine.CreateTensor(3 * height * width), gradient = engine.CreateTensor(3 * height * width);
        engine.Write(Noise(2, height, width).Values, x);
        double loss = objective.Evaluate(x, gradient);
        float[] values = new float[gradient.Length];
        engine.Read(gradient, values);
        return (loss, values);
    }
}
