using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests.Guides;

/// <summary>Label pictures as masks and regions, and what they do to an objective.</summary>
public sealed class SemanticGuidesTests
{
    private const int Height = 37, Width = 50;

    private static readonly StylizeOptions Options = StylizeOptions.Default with
    {
        ContentWeight = 0,
        TvWeight = 0,
        StyleLayers = LayerSelection.Parse("relu1_1,relu2_1"),
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
    };

    private static readonly (float, float, float) Red = (1, 0, 0), Green = (0, 1, 0), Blue = (0, 0, 1);

    [Fact]
    public void Resolve_LabelsOfTwoStyles_IsEachStyleOnceForEachLabelThatItHas()
    {
        RegionLabels labels = new(
            Labels(x => x < 20 ? Red : Green), [Labels(x => x < 5 ? Green : Red), Labels(_ => Green)]);
        StylizeRequest request = Request(new SpatialGuides { Labels = labels }, styles: 2) with
        {
            Options = Options with { StyleWeights = [0.25, 0.75] },
        };

        SemanticGuides resolved = Resolve(request);

        Assert.Empty(resolved.Warnings);
        Assert.Null(resolved.Guides.Labels);
        ImmutableArray<int> order = resolved.Styles;
        Assert.Equal([0, 0, 1], order.Order());
        Assert.Equal(order.Select(style => style == 0 ? 0.25 : 0.75), resolved.Arrange(request.Options).StyleWeights);
        for (int i = 0; i < order.Length; i++)
        {
            float[] where = resolved.Guides.StyleMasks[i].Picture!.Red, part = resolved.Guides.StyleRegions[i]!.Red;
            bool isRed = where[0] == 1;
            Assert.Equal(isRed ? 20 * Height : 30 * Height, where.Sum());
            Assert.Equal(isRed ? 45 * Height : order[i] == 0 ? 5 * Height : 50 * Height, part.Sum());
        }
    }

    [Fact]
    public void Resolve_LabelThatNoStyleHas_TakesTheWholeOfEveryStyleAndSaysSo()
    {
        RegionLabels labels = new(Labels(x => x < 20 ? Red : Blue), [Labels(x => x < 5 ? Green : Red)]);

        SemanticGuides resolved = Resolve(Request(new SpatialGuides { Labels = labels }));

        Assert.Contains("#0000ff", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, resolved.Styles.Length);
        Assert.Single(resolved.Guides.StyleRegions, region => region is null);
    }

    [Fact]
    public void Resolve_MasksToo_AreCutByTheLabels()
    {
        SpatialGuides guides = new()
        {
            Labels = new RegionLabels(Labels(x => x < 20 ? Red : Green), [Labels(x => x < 5 ? Green : Red)]),
            StyleMasks = [StyleMask.FromPicture(Labels(x => x < 10 ? (1, 1, 1) : (0, 0, 0)))],
        };

        SemanticGuides resolved = Resolve(Request(guides));

        // Nothing of the green label is left.
        Assert.Equal(10 * Height, Assert.Single(resolved.Guides.StyleMasks).Picture!.Red.Sum());
    }

    [Fact]
    public void Evaluate_Labels_IsTheObjectiveOfTheMasksAndRegionsByHand()
    {
        Picture picture = Numbers.Picture(3, Height, Width), style = Numbers.Picture(4, 41, 30);
        Picture left = Labels(x => x < 20 ? (1, 1, 1) : (0, 0, 0)), right = Labels(x => x < 20 ? (0, 0, 0) : (1, 1, 1));
        SpatialGuides labels = new()
        {
            Labels = new RegionLabels(Labels(x => x < 20 ? Red : Green), [Labels(x => x < 20 ? Green : Red)]),
        };
        SpatialGuides byHand = new()
        {
            StyleMasks = [StyleMask.FromPicture(left), StyleMask.FromPicture(right)],
            StyleRegions = [right, left],
        };
        using Stylizer stylizer = new();

        Evaluation expected = stylizer.Evaluate(picture, null, [style, style], Options, byHand);
        Evaluation found = stylizer.Evaluate(picture, null, [style], Options, labels);
        Evaluation plain = stylizer.Evaluate(picture, null, [style], Options);

        Assert.Equal(expected.Loss, found.Loss, 1e-9 * expected.Loss);
        Assert.NotEqual(plain.Loss, found.Loss, 1e-3 * plain.Loss);
    }

    [Fact]
    public void Check_LabelsThatAreNoLabelPicture_SaysSoBeforeAnythingIsPainted()
    {
        using Stylizer stylizer = new();
        StylizeRequest Labeled(Picture content) => Request(new SpatialGuides
        {
            Labels = new RegionLabels(content, [Labels(x => x < 5 ? Green : Red)]),
        });

        stylizer.Check(Labeled(Labels(x => x < 20 ? Red : Green)));
        OptionsException error =
            Assert.Throws<OptionsException>(() => stylizer.Check(Labeled(Numbers.Picture(5, Height, Width))));

        Assert.Contains("is not a label picture", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_OneLabelPictureForTwoStyles_NamesTheProblem()
        => Assert.Contains(
            "1 label picture for 2 style pictures",
            Assert.Single(new SpatialGuides { Labels = new RegionLabels(Labels(_ => Red), [Labels(_ => Red)]) }
                .Validate(2)).ToString(),
            StringComparison.Ordinal);

    private static SemanticGuides Resolve(StylizeRequest request)
        => SemanticGuides.Resolve(request.Guides, request.Options, request.Styles);

    private static StylizeRequest Request(SpatialGuides guides, int styles = 1) => new()
    {
        Content = Numbers.Picture(3, Height, Width),
        Styles = [.. Enumerable.Range(0, styles).Select(i => Numbers.Picture(10 + i, 31, 40))],
        Guides = guides,
        Options = Options,
    };

    private static Picture Labels(Func<int, (float, float, float)> colorOf)
    {
        Picture picture = new(Width, Height);
        for (int i = 0; i < Height * Width; i++)
            (picture.Red[i], picture.Green[i], picture.Blue[i]) = colorOf(i % Width);
        return picture;
    }
}
