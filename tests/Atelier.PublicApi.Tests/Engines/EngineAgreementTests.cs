using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Losses;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Testing;

namespace Atelier.PublicApi.Tests.Engines;

/// <summary>An engine paints as the processor's does.</summary>
/// <param name="other">The engine, which is disposed with the test.</param>
public abstract class EngineAgreementTests(IEngine other) : IDisposable
{
    private const double Tolerance = 1e-4;

    private static readonly StylizeOptions Plain = StylizeOptions.Version1 with { MinSize = 32, Margin = 4 };

    private static readonly StylizeOptions Neighbors = Plain with
    {
        ContentWeight = 0,
        TvWeight = 0,
        NeighborWeight = 3,
        NeighborGuide = 0,
    };

    private static readonly Dictionary<string, StylizeOptions> Cases = new()
    {
        // With a guide of 0.3, two neighbors of a position are so nearly equally near that rounding chooses.
        ["default"] = StylizeOptions.Default with { MinSize = 32, NeighborGuide = 0.31 },
        ["version 1"] = Plain,
        ["content alone"] = Plain with { StyleWeight = 0, TvWeight = 0, ContentWeight = 2 },
        ["content, half of the sum"] = Plain with { StyleWeight = 0, ContentLoss = ContentLossKind.HalfSum },
        ["wasserstein"] = Plain with { ContentWeight = 0, TvWeight = 0 },
        ["gram"] = Plain with { StyleLoss = StyleLossKind.Gram, TvWeight = 0 },
        ["gram with shift"] = Plain with { StyleLoss = StyleLossKind.Gram, ActivationShift = -0.5, TvWeight = 0 },
        ["moments"] = Plain with { StyleLoss = StyleLossKind.Moments, TvWeight = 0 },
        ["chain"] = Plain with
        {
            StyleLoss = StyleLossKind.Gram,
            CorrelationChain = true,
            ActivationShift = 0.25,
            StyleLayers = LayerSelection.Parse("relu1_1,relu2_1,relu2_2,relu3_1,relu4_1"),
        },
        ["replicate"] = Plain with { Padding = Padding.Replicate },
        ["average pooling"] = Plain with { Pooling = Pooling.Average },
        ["squared variation"] = OnlyVariation(TotalVariationKind.Squared),
        ["power variation"] = OnlyVariation(TotalVariationKind.Power),
        ["nine-point variation"] = OnlyVariation(TotalVariationKind.NinePoint),
        ["color variation"] = OnlyVariation(TotalVariationKind.NinePoint) with { TvWeight = 0, ChromaTvWeight = 2 },
        ["both variations"] = OnlyVariation(TotalVariationKind.Power) with { ChromaTvWeight = 2 },
        ["neighbors"] = Neighbors,
        ["neighbors, guided"] = Neighbors with { NeighborGuide = 0.5 },
        ["neighbors beside all others"] = Plain with { NeighborWeight = 3, ChromaTvWeight = 2 },
        ["tileable"] = Plain with { Tileable = true },
        ["tileable, power variation"] = Plain with { Tileable = true, Tv = TotalVariationKind.Power },
        ["tileable, color variation"] = Plain with { Tileable = true, ChromaTvWeight = 2 },
    };

    private readonly IEngine _cpu = new EngineOptions { Threads = 2, Precision = Precision.Single }.CreateEngine();

    /// <summary>Every case at an even and at an odd size; what repeats has sizes that can be halved.</summary>
    public static TheoryData<string, int, int> CasesAndSizes
    {
        get
        {
            TheoryData<string, int, int> data = [];
            foreach ((string name, StylizeOptions options) in Cases)
            {
                data.Add(name, 64, 48);
                if (!options.Tileable)
                {
                    data.Add(name, 53, 41);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CasesAndSizes))]
    public void Evaluate_OnTheEngine_IsAsOnTheProcessor(string name, int width, int height)
        => AssertAgree(Cases[name], width, height, SpatialGuides.None);

    [Theory]
    [InlineData("wasserstein"), InlineData("gram with shift"), InlineData("moments"), InlineData("chain")]
    [InlineData("neighbors"), InlineData("neighbors, guided")]
    public void Evaluate_WithMasksAndRegions_IsAsOnTheProcessor(string name)
        => AssertAgree(Cases[name], 53, 41, new SpatialGuides
        {
            StyleMasks = [StyleMask.FromPicture(Numbers.Picture(7, 41, 53)), StyleMask.Rest],
            StyleRegions = [Numbers.Picture(8, 25, 36), null],
        });

    [Theory]
    [InlineData(OptimizerKind.Adam), InlineData(OptimizerKind.Lbfgs)]
    public void Stylize_OnTheEngine_IsAsOnTheProcessor(OptimizerKind optimizer)
        => AssertPaintAlike(Plain with { Size = null, Scales = [53], Optimizer = optimizer, Iterations = 3 });

    // Balance has a say from the second search on, in the sixth iteration. Where two neighbors are almost equally
    // near, rounding chooses between them.
    [Fact]
    public void Stylize_WithBalancedNeighbors_IsAsOnTheProcessor()
        => AssertPaintAlike(Plain with
        {
            Size = null,
            Scales = [53],
            Iterations = 6,
            NeighborWeight = 3,
            NeighborBalance = 0.2,
            ChromaTvWeight = 2,
        }, tolerance: 0.003);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _cpu.Dispose();
        other.Dispose();
    }

    private static ImmutableArray<Style> Styles => [Numbers.Picture(3, 25, 36), Numbers.Picture(4, 32, 21)];

    /// <summary>One on each engine. Stylizers on engines that are somebody else's hold nothing that must be freed but
    /// threads.</summary>
    private IEnumerable<Stylizer> Stylizers
    {
        get
        {
            foreach (IEngine engine in (IEngine[])[_cpu, other])
            {
                using Stylizer stylizer = new(engine, threads: 2);
                yield return stylizer;
            }
        }
    }

    private static StylizeOptions OnlyVariation(TotalVariationKind kind)
        => Plain with { StyleWeight = 0, ContentWeight = 0, Tv = kind, TvWeight = 3 };

    private void AssertPaintAlike(StylizeOptions options, double tolerance = Tolerance)
    {
        StylizeRequest request = new()
        {
            Content = Numbers.Picture(1, 41, 53),
            Styles = Styles,
            Options = options,
        };
        StylizeResult[] found = [.. Stylizers.Select(stylizer => stylizer.Stylize(request))];

        Assert.Equal((53, 41), (found[1].Picture.Width, found[1].Picture.Height));
        foreach ((ScaleReport expected, ScaleReport actual) in found[0].Scales.Zip(found[1].Scales))
            AssertNear(expected.Losses, actual.Losses, tolerance);

        // Both optimizers divide by what may be next to nothing, so single pixels tell more of rounding than of
        // engines.
        double[] squares = [.. found[0].Picture.Green.Zip(
            found[1].Picture.Green, (expected, actual) => Math.Pow(expected - actual, 2))];
        Assert.InRange(Math.Sqrt(squares.Average()), 0, tolerance);
    }

    private void AssertAgree(StylizeOptions options, int width, int height, SpatialGuides guides)
    {
        Evaluation[] found = [.. Stylizers.Select(stylizer => stylizer.Evaluate(
            Numbers.Picture(1, height, width), Numbers.Picture(2, height, width), Styles, options, guides))];

        Assert.Equal(found[0].Terms.Select(term => term.Name), found[1].Terms.Select(term => term.Name));
        foreach ((LossTerm expected, LossTerm actual) in found[0].Terms.Zip(found[1].Terms))
            AssertNear([expected.Value], [actual.Value]);
        AssertNear([found[0].Loss], [found[1].Loss]);
        AssertNear(
            [.. found[0].Gradient.Select(value => (double)value)],
            [.. found[1].Gradient.Select(value => (double)value)]);
    }

    /// <summary>No number differs by more than the tolerance allows beside the largest, which is not 0.</summary>
    private static void AssertNear(
        IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance = Tolerance)
    {
        double largest = expected.Max(Math.Abs);
        Assert.NotEqual(0, largest);
        Assert.Equal(expected.Count, actual.Count);
        double farthest = expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.True(farthest <= tolerance * largest, $"{farthest / largest:E2} of the largest, {largest:G4}.");
    }
}
