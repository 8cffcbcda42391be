using Atelier.Color;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Options;
using Atelier.Regions;
using Atelier.Styles;
using Atelier.Testing;

namespace Atelier.Tests;

/// <summary>What is transparent is not there: its colors change nothing, and it takes no part in content or
/// style.</summary>
public sealed class TransparencyTests
{
    private static readonly StylizeOptions Tiny = StylizeOptions.Default with
    {
        Size = 41,
        MinSize = 29,
        Margin = 3,
        Iterations = 3,
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
    };

    private static readonly Picture Photograph = Numbers.Picture(1, 37, 49), Artwork = Numbers.Picture(2, 40, 31);

    public static TheoryData<ColorKind, ColorMatchKind, InitKind> Kinds => new()
    {
        { ColorKind.Style, ColorMatchKind.MongeKantorovich, InitKind.Content },
        { ColorKind.Match, ColorMatchKind.MongeKantorovich, InitKind.File },
        { ColorKind.Match, ColorMatchKind.Histogram, InitKind.Content },
        { ColorKind.Luminance, ColorMatchKind.MongeKantorovich, InitKind.StyleStats },
        { ColorKind.Content, ColorMatchKind.MongeKantorovich, InitKind.Content },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stylize_WhateverTheHiddenColors_GivesTheSamePixels(
        ColorKind color, ColorMatchKind match, InitKind init)
    {
        StylizeOptions options = Tiny with { Color = color, ColorMatch = match, Init = init, Salience = 0.7 };
        Picture Paint(float hidden) => Stylize(new StylizeRequest
        {
            Content = Hide(Photograph, hidden),
            Styles = [Hide(Artwork, hidden), Numbers.Picture(5, 33, 44)],
            Initial = Hide(Numbers.Picture(3, 20, 31), hidden),
            Palette = color == ColorKind.Style ? null : Hide(Numbers.Picture(4, 23, 18), hidden),
            Guides = new SpatialGuides { StyleMasks = [StyleMask.FromPicture(Left(0.6)), StyleMask.Rest] },
            Options = options,
        });

        Picture black = Paint(0), bright = Paint(7);

        for (int plane = 0; plane < 4; plane++)
            Assert.Equal(black.Planes[plane], bright.Planes[plane]);
        Assert.Equal(0, black.Alpha![0]);
        Assert.Contains(1, black.Alpha);
    }

    [Fact]
    public void Stylize_Preserve_WhateverTheHiddenColorsGivesTheSamePixels()
    {
        Picture Paint(float hidden) => Stylize(new StylizeRequest
        {
            Content = Hide(Photograph, hidden),
            Styles = [Artwork],
            Guides = new SpatialGuides { Preserve = Left(0.4) },
            Options = Tiny,
        });

        Assert.Equal(Paint(0).Planes, Paint(-2).Planes);
    }

    [Fact]
    public void Stylize_OpaqueAlpha_GivesTheSamePixelsAsNone()
    {
        static Picture Opaque(Picture picture) => new(
            picture.Width, picture.Height, picture.Red, picture.Green, picture.Blue,
            [.. picture.Red.Select(_ => 1f)]);
        Picture expected = Stylize(new StylizeRequest { Content = Photograph, Styles = [Artwork], Options = Tiny });

        Picture actual =
            Stylize(new StylizeRequest { Content = Opaque(Photograph), Styles = [Opaque(Artwork)], Options = Tiny });

        Assert.Equal(expected.Planes, actual.Planes[..3]);
    }

    [Fact]
    public void Evaluate_TransparentHalfOfAnArtwork_IsLikeItsRegion()
    {
        Picture left = Left(0.5);
        Picture half = new(Artwork.Width, Artwork.Height, Artwork.Red, Artwork.Green, Artwork.Blue,
            Mask.FromPicture(left).Resize(Artwork.Height, Artwork.Width).Values);
        StylizeOptions options = Tiny with { StyleLayers = LayerSelection.Parse("relu1_1"), NeighborWeight = 0 };
        using Stylizer stylizer = new();
        double StyleOf(Style style, SpatialGuides guides)
            => stylizer.Evaluate(Photograph, Photograph, [style], options, guides).Terms
                .Single(term => term.Kind == LossKind.Style).Value;

        double cut = StyleOf(half, SpatialGuides.None);
        double region = StyleOf(Artwork, new SpatialGuides { StyleRegions = [left] });

        // Features at the border see what lies beyond it: in one case continued colors, in the other the artwork's.
        Assert.InRange(cut / region, 0.9, 1.1);
    }

    [Fact]
    public void Evaluate_TransparentPhotograph_HasNoContentGradientFarFromWhatIsVisible()
    {
        const int Height = 45, Width = 93;
        float[] alpha = [.. Enumerable.Range(0, Height * Width).Select(i => i % Width < 20 ? 1f : 0f)];
        Picture noise = Numbers.Picture(6, Height, Width), painting = Numbers.Picture(7, Height, Width);
        Picture photograph = new(Width, Height, noise.Red, noise.Green, noise.Blue, alpha);
        StylizeOptions options = Tiny with
        {
            TvWeight = 0,
            ChromaTvWeight = 0,
            ContentLayers = LayerSelection.Parse("relu1_2"),
            StyleLayers = LayerSelection.Parse("relu1_1"),
            NeighborLayers = LayerSelection.Parse("relu2_1"),
        };
        using Stylizer stylizer = new();

        Evaluation found = stylizer.Evaluate(painting, photograph, [Artwork], options);

        float At(int x) => found.Gradient[(22 * Width) + x];
        Assert.NotEqual(0, At(10));
        Assert.All(Enumerable.Range(40, Width - 40), x => Assert.Equal(0, At(x)));
    }

    [Fact]
    public void Extract_WhateverTheHiddenColors_MeasuresTheSame()
    {
        using Stylizer stylizer = new();
        StyleStatistics Measure(float hidden) => stylizer.Extract([Hide(Artwork, hidden)], Tiny, [32, 40]);
        SizedStatistics one = Measure(0).Nearest(40), other = Measure(1).Nearest(40);

        Assert.Equal(one.Color.Mean, other.Color.Mean);
        Assert.All(one.Layers, layer => Assert.Equal(layer.Value.SecondMoment, other.Layers[layer.Key].SecondMoment));
        Assert.InRange(one.Pixels, 0.3 * 40 * 31, 0.6 * 40 * 31);
    }

    [Fact]
    public void SizedStyle_TransparentHalf_HasTheColorsOfTheOther()
    {
        const int Side = 32;
        float[] red = [.. Enumerable.Range(0, Side * Side).Select(i => i % Side < 16 ? 0.75f : 0.1f)];
        float[] alpha = [.. Enumerable.Range(0, Side * Side).Select(i => i % Side < 16 ? 1f : 0f)];
        Style style = new(new Picture(Side, Side, red, red, red, alpha));

        SizedStyle sized = SizedStyle.Fit(style, region: null, Side);

        Assert.Equal(0.75, sized.Color.Mean[0], 1e-6);
        Assert.Equal(Side * Side / 2, sized.Pixels, 1e-3);
    }

    [Fact]
    public void Find_WhateverTheHiddenColors_FindsTheSameRegions()
    {
        using RegionFinder finder = new();
        RegionLabels Regions(float hidden) => finder.Find(
            Hide(Numbers.Picture(8, 70, 101), hidden), [Hide(Numbers.Picture(9, 90, 64), hidden)], 3);

        RegionLabels black = Regions(0), white = Regions(1);

        Assert.Equal(black.Content.Planes, white.Content.Planes);
        Assert.Equal(black.Styles[0].Planes, white.Styles[0].Planes);
    }

    [Fact]
    public void Apply_WhateverTheHiddenColors_GivesTheSamePixels()
    {
        Picture Recolor(float hidden) => Recoloring.Apply(Hide(Photograph, hidden), Hide(Artwork, hidden));

        Assert.Equal(Recolor(0).Planes, Recolor(1).Planes);
    }

    [Fact]
    public void Pictures_OfWhichNothingIsVisible_AreRefused()
    {
        Picture nothing = new(31, 40, Artwork.Red, Artwork.Green, Artwork.Blue, new float[31 * 40]);
        using RegionFinder finder = new();

        foreach (Action use in (Action[])
            [
                () => Recoloring.Apply(nothing, Artwork), () => Recoloring.Apply(Artwork, nothing),
                () => finder.Find(nothing, [Artwork], 2), () => finder.Find(Artwork, [nothing], 2),
            ])
        {
            Problem problem = Assert.Single(Assert.Throws<OptionsException>(use).Problems);
            Assert.Contains("wholly transparent", problem.ToString(), StringComparison.Ordinal);
        }
    }

    private static Picture Hide(Picture picture, float sample) => CutOuts.WithHidden(CutOuts.Of(picture), sample);

    private static Picture Left(double share)
    {
        float[] plane = [.. Enumerable.Range(0, 30 * 40).Select(i => i % 40 < 40 * share ? 1f : 0f)];
        return new Picture(40, 30, plane, plane, plane);
    }

    private static Picture Stylize(StylizeRequest request)
    {
        using Stylizer stylizer = new();
        return stylizer.Stylize(request, cancel: TestContext.Current.CancellationToken).Picture;
    }
}
