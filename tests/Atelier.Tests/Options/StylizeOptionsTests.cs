using Atelier.Options;

namespace Atelier.Tests.Options;

public sealed class StylizeOptionsTests
{
    private static readonly StylizeOptions Good = StylizeOptions.Default;

    private static readonly Dictionary<string, StylizeOptions> Bad = new()
    {
        ["size is 15"] = Good with { Size = 15 },
        ["size is 65536"] = Good with { Size = 65_536 },
        ["style-scale is NaN"] = Good with { StyleScale = double.NaN },
        ["style-scale is 0.01"] = Good with { StyleScale = 0.01 },
        ["content-weight is -1"] = Good with { ContentWeight = -1 },
        ["style-weight is Infinity"] = Good with { StyleWeight = double.PositiveInfinity },
        ["tv-weight is NaN"] = Good with { TvWeight = double.NaN },
        ["activation-shift is NaN"] = Good with { ActivationShift = double.NaN, StyleLoss = StyleLossKind.Gram },
        ["activation-shift affects only Gram"] = Good with { ActivationShift = -1 },
        ["learning-rate is 0"] = Good with { LearningRate = 0 },
        ["history is 0"] = Good with { History = 0 },
        ["iterations is 0"] = Good with { Iterations = 0 },
        ["iteration-growth is -1"] = Good with { IterationGrowth = -1 },
        ["scale-factor is 1"] = Good with { ScaleFactor = 1 },
        ["min-size is 8"] = Good with { MinSize = 8 },
        ["noise-ratio is 2"] = Good with { NoiseRatio = 2 },
        ["average is 1"] = Good with { Average = 1 },
        ["margin is -1"] = Good with { Margin = -1 },
        ["scales contains a size outside"] = Good with { Scales = [8, 512] },
        ["scales must be in ascending order"] = Good with { Scales = [128, 128, 512] },
        ["scales ends at 256, but size is 512"] = Good with { Scales = [128, 256] },
        ["style-weights has 2 entries for 1"] = Good with { StyleWeights = [1, 2] },
        ["style-weights is -1; their sum must be clearly above 0"] = Good with { StyleWeights = [-1] },
        ["style-weights are all 0"] = Good with { StyleWeights = [0] },
        ["every weight is 0"] = Good with
        {
            ContentWeight = 0,
            StyleWeight = 0,
            TvWeight = 0,
            ChromaTvWeight = 0,
        },
    };

    public static TheoryData<string> Problems => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(Problems))]
    public void Validate_OneProblem_NamesIt(string problem)
        => Assert.Contains(
            Bad[problem].Validate(styleCount: 1),
            found => found.ToString().StartsWith(problem, StringComparison.Ordinal));

    [Fact]
    public void Validate_SeveralProblems_NamesAll()
        => Assert.Equal(3, (Good with { Size = 1, Margin = 999 }).Validate(styleCount: 0).Count);

    [Fact]
    public void Validate_DefaultAndPresets_AreFine()
        => Assert.All(Presets.ByName.Values.Append(Good), options => Assert.Empty(options.Validate(styleCount: 1)));

    // Σ(F·Fᵀ/(C·M) − A)²/C² times 100 is a Gram loss of this library times 400/C²; its total variation counts half
    // of 1e-3, on values up to 255.
    [Fact]
    public void Preset_NeuralStyle_HasItsStrengthsForTheChannelsOfVgg19()
    {
        StylizeOptions preset = Presets.ByName["neural-style"];
        double sum = preset.StyleLayers.Layers.Sum(layer => layer.Weight!.Value);
        Assert.All(preset.StyleLayers.Layers.Zip([64, 128, 256, 512, 512]), pair => Assert.Equal(
            400.0 / (pair.Second * pair.Second), preset.StyleWeight * pair.First.Weight!.Value / sum, 1e-12));
        Assert.Equal(32.5125, preset.TvWeight, 1e-9);
        Assert.Equal(5, preset.ContentWeight);
    }

    [Fact]
    public void Validate_NoStyle_IsFineWithoutStyleWeight()
    {
        Assert.Single(Good.Validate(styleCount: 0));
        Assert.Empty((Good with { StyleWeight = 0 }).Validate(styleCount: 0));
    }

    [Fact]
    public void Validate_OneWeightAboveZero_IsEnough()
    {
        StylizeOptions nothing = Good with
        {
            ContentWeight = 0,
            StyleWeight = 0,
            TvWeight = 0,
            ChromaTvWeight = 0,
        };
        Assert.All(
            [
                nothing with { ContentWeight = 1 }, nothing with { StyleWeight = 1 },
                nothing with { TvWeight = 1 },
                nothing with { ChromaTvWeight = 1 },
            ],
            options => Assert.Empty(options.Validate(styleCount: 1)));
    }
}
