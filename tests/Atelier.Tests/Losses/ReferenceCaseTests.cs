using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Losses;

/// <summary>Each term of the objective, through the whole network, against values and gradients that PyTorch
/// made in float64.</summary>
public sealed class ReferenceCaseTests
{
    private const string FiveLayers = "relu1_1,relu2_1,relu3_1,relu4_1,relu5_1";

    private static readonly string NarrowPath = Fixture.PathOf("reference", "narrow_vgg19.safetensors");

    private static readonly StylizeOptions Nothing = StylizeOptions.Version1 with
    {
        Network = NarrowPath,
        ContentLayers = LayerSelection.Parse("relu4_2"),
        ContentWeight = 0,
        StyleWeight = 0,
        TvWeight = 0,
    };

    private static readonly StylizeOptions Gram = Nothing with
    {
        StyleWeight = 1,
        StyleLoss = StyleLossKind.Gram,
        StyleLayers = LayerSelection.Parse(FiveLayers),
    };

    private static readonly StylizeOptions Whole = Gram with
    {
        ContentWeight = 1,
        ContentLoss = ContentLossKind.HalfSum,
        StyleWeight = 1e3,
    };

    public static TheoryData<string> Cases => [.. Options.Keys];

    private static Dictionary<string, StylizeOptions> Options { get; } = new()
    {
        ["content_mean"] = Nothing with { ContentWeight = 1 },
        ["content_half_sum"] = Nothing with { ContentWeight = 1, ContentLoss = ContentLossKind.HalfSum },
        ["content_quarter_mean"] = Nothing with { ContentWeight = 1, ContentLoss = ContentLossKind.QuarterMean },
        ["style_five_layers"] = Gram,
        ["style_all_layers"] = Gram with { StyleLayers = LayerSelection.All },
        ["style_activation_shift"] = Gram with { ActivationShift = -1 },
        ["style_geometric"] = Gram with { StyleLayers = LayerSelection.All, LayerWeights = LayerWeighting.Geometric },
        ["style_correlation_chain"] = Gram with { StyleLayers = LayerSelection.All, CorrelationChain = true },
        ["style_two_blended"] = Gram with { StyleWeights = [0.7, 0.3] },
        ["style_guided_masks"] = Gram,
        ["style_wasserstein"] = Nothing with
        {
            StyleWeight = 1,
            StyleLoss = StyleLossKind.Wasserstein,
            StyleLayers = LayerSelection.Parse("relu1_1=256,relu2_1=64,relu3_1=16,relu4_1=4,relu5_1=1"),
        },
        ["tv_squared"] = Nothing with { TvWeight = 1, Tv = TotalVariationKind.Squared },
        ["tv_power"] = Nothing with { TvWeight = 1, Tv = TotalVariationKind.Power },
        ["tv_nine_point"] = Nothing with { TvWeight = 1 },
        ["preset_neural_style"] = Presets.ByName["neural-style"] with
        {
            Network = NarrowPath,
            TvWeight = 0,

            // 4/C² for this network's numbers of channels: 16, 32, 48, 64, 64.
            StyleWeight = 400 * 214 / (192.0 * 192),
            StyleLayers = LayerSelection.Parse("relu1_1=144,relu2_1=36,relu3_1=16,relu4_1=9,relu5_1=9"),
        },
        ["preset_style_transfer_pytorch"] = Presets.ByName["style-transfer-pytorch"] with { Network = NarrowPath },
        ["objective_max"] = Whole,
        ["objective_avg"] = Whole with { Pooling = Pooling.Average },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_ReferenceCase_LossAndGradientAgree(string name)
    {
        WeightStore expected = Fixture.Reference(name), pictures = Fixture.Reference("images");
        Style[] styles = [pictures.Picture("style"),
            .. expected.Tensors.ContainsKey("style2") ? [expected.Picture("style2")] : Array.Empty<Picture>()];
        SpatialGuides guides = expected.Tensors.ContainsKey("mask")
            ? new SpatialGuides
            {
                StyleMasks = [StyleMask.FromPicture(expected.Picture("mask"))],
                StyleRegions = [expected.Picture("style_mask")],
            }
            : SpatialGuides.None;
        foreach (int threads in (int[])[1, 3])
        {
            using Stylizer stylizer = new(new EngineOptions { Threads = threads, Precision = Precision.Single });
            Evaluation actual = stylizer.Evaluate(
                expected.Picture("image"), pictures.Picture("content"), styles, Options[name], guides);

            double loss = expected.Number("loss");
            Assert.InRange(actual.Loss, loss - (1e-4 * Math.Abs(loss)), loss + (1e-4 * Math.Abs(loss)));
            float[] gradient = expected.Tensors["gradient"].Values;
            float largest = gradient.Max(Math.Abs);
            float difference = gradient.Zip(actual.Gradient, (a, b) => Math.Abs(a - b)).Max();
            Assert.True(
                difference <= 1e-3f * largest,
                $"The gradient differs by {difference / largest:E2} of its largest entry.");
        }
    }
}
