using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Testing;
using static Atelier.Tests.Color.ColorPictures;

namespace Atelier.Tests.Color;

/// <summary>Colors through whole runs.</summary>
public sealed class ColorRunTests
{
    private static readonly StylizeOptions Tiny = StylizeOptions.Default with
    {
        Size = 33,
        MinSize = 24,
        ScaleFactor = 1.2,
        Margin = 3,
        Iterations = 2,
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
    };

    private static readonly Picture Content = Cloud(4, 21, 33, 0.45f, 0.5f, 0.4f);
    private static readonly ImmutableArray<Picture> Styles =
        [Cloud(9, 31, 27, 0.6f, 0.4f, 0.45f), Cloud(14, 25, 30, 0.3f, 0.3f, 0.6f)];

    private static readonly Picture LeftHalf = WhiteUpTo(12, Content.Width, Content.Height);

    private static readonly Picture Palette = Cloud(20, 12, 19, 0.5f, 0.6f, 0.3f);

    [Theory]
    [InlineData(ColorKind.Luminance), InlineData(ColorKind.Content)]
    public void Stylize_ColorsOfThePhotograph_KeepsItsChromaInResultAndPreviews(ColorKind kind)
    {
        List<Picture> previews = [];

        Picture result = Paint(Tiny with { Color = kind }, null, previews.Add);

        AssertChromaOf(Content, result);
        Assert.NotEqual(Samples(Content), Samples(result));
        AssertChromaOf(Content, previews.Last());
        Assert.NotEqual(previews[0].Width, previews.Last().Width);
    }

    [Fact]
    public void Stylize_ContentWithAPalette_TakesThePalettesChroma()
    {
        // Small steps and no more contrast, for at very bright and dark places there is no room for chroma.
        StylizeOptions options = Tiny with
        {
            Color = ColorKind.Content,
            ColorMap = 0,
            Clarity = 0,
            LearningRate = 0.01,
        };

        Picture result = Paint(options, Palette);

        AssertChromaOf(Recoloring.Apply(Content, Palette), result);
    }

    [Theory]
    [InlineData(ColorKind.Luminance), InlineData(ColorKind.Content)]
    public void Stylize_PreservedAndAPalette_KeepsThePhotographsColorsWhereItIsWhite(ColorKind kind)
    {
        SpatialGuides guides = new() { Preserve = LeftHalf };

        Picture result = Paint(Tiny with { Color = kind }, Palette, guides: guides);

        Assert.Equal(Left(Content), Left(result));
        Assert.NotEqual(Samples(Content), Samples(result));
    }

    [Fact]
    public void Stylize_ColorMask_PutsColorsBackThereAndNowhereElse()
    {
        StylizeOptions options = Tiny with { Color = ColorKind.Content };

        Picture result = Paint(options, null, guides: new SpatialGuides { ColorMask = LeftHalf });

        Assert.Equal(Left(Paint(options, null)), Left(result));
        Assert.Equal(Right(Paint(Tiny, null)), Right(result));
    }

    [Theory]
    [InlineData(ColorKind.Style), InlineData(ColorKind.Match), InlineData(ColorKind.Luminance)]
    public void Stylize_ColorMaskWithColorsThatAreNotPutBack_SaysSo(ColorKind kind)
    {
        OptionsException error = Assert.Throws<OptionsException>(
            () => Paint(Tiny with { Color = kind }, null, guides: new SpatialGuides { ColorMask = LeftHalf }));

        Assert.Contains("only color content", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorKind.Luminance), InlineData(ColorKind.Content), InlineData(ColorKind.Match)]
    public void Stylize_AmountZero_IsThePaintingInTheStylesColors(ColorKind kind)
    {
        double[] plain = Samples(Paint(Tiny, null));

        Assert.Equal(plain, Samples(Paint(Tiny with { Color = kind, ColorAmount = 0 }, null)));
        double[] half = Samples(Paint(Tiny with { Color = kind, ColorAmount = 0.5 }, null));
        Assert.NotEqual(plain, half);
        Assert.NotEqual(Samples(Paint(Tiny with { Color = kind }, null)), half);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Stylize_Match_IsTheRunWithRecoloredArtworks(bool hasPalette)
    {
        Picture? palette = hasPalette ? Palette : null;
        StylizeOptions options = Tiny with { ColorMatch = ColorMatchKind.Cholesky };
        StylizeRequest byHand = Request(options, null) with
        {
            Styles = [.. Styles.Select(style => Recoloring.Apply(style, palette ?? Content, options.ColorMatch))],
        };
        using Stylizer stylizer = new();

        Assert.Equal(
            Samples(stylizer.Stylize(byHand, cancel: TestContext.Current.CancellationToken).Picture),
            Samples(Paint(options with { Color = ColorKind.Match }, palette)));
    }

    [Fact]
    public void Evaluate_Match_JudgesByTheRecoloredArtworks()
    {
        using Stylizer stylizer = new();
        Style[] recolored = [.. Styles.Select(style => Recoloring.Apply(style, Palette))];

        double expected = stylizer.Evaluate(Content, Content, recolored, Tiny).Loss;
        StylizeOptions match = Tiny with { Color = ColorKind.Match };

        Assert.Equal(expected, stylizer.Evaluate(Content, Content, [.. Styles], match, palette: Palette).Loss);
        Assert.NotEqual(expected, stylizer.Evaluate(Content, Content, [.. Styles], match).Loss);
        Assert.Throws<OptionsException>(
            () => stylizer.Evaluate(Content, null, [.. Styles], match with { ContentWeight = 0 }));
    }

    [Fact]
    public void Stylize_PaletteThatNothingUses_IsRefused()
        => Assert.Contains(
            "palette", Assert.Throws<OptionsException>(() => Paint(Tiny, Palette)).Message, StringComparison.Ordinal);

    [Fact]
    public void Stylize_TransparentPhotographOfSixteenBits_KeepsBoth()
    {
        float[] alpha = Numbers.Uniform(8, Content.Red.Length);
        Picture content = new(Content.Width, Content.Height, Content.Red, Content.Green, Content.Blue, alpha)
        {
            BitDepth = 16,
        };
        using Stylizer stylizer = new();

        Picture result = stylizer.Stylize(
            Request(Tiny with { Color = ColorKind.Luminance }, null) with { Content = content },
            cancel: TestContext.Current.CancellationToken).Picture;

        Assert.Equal(alpha, result.Alpha);
        Assert.Equal(16, result.BitDepth);
    }

    private static StylizeRequest Request(StylizeOptions options, Picture? palette)
        => new() { Content = Content, Styles = [.. Styles], Options = options, Palette = palette };

    private static Picture Paint(
        StylizeOptions options, Picture? palette, Action<Picture>? onPreview = null, SpatialGuides? guides = null)
    {
        using Stylizer stylizer = new();
        StylizeRequest request = Request(options, palette) with { Guides = guides ?? SpatialGuides.None };
        return stylizer.Stylize(request, new Previews(onPreview ?? (_ => { }))).Picture;
    }

    private static Picture WhiteUpTo(int column, int width, int height)
    {
        float[] plane = [.. Enumerable.Range(0, width * height).Select(i => i % width < column ? 1f : 0f)];
        return new Picture(width, height, plane, plane, plane);
    }

    private static float[] Left(Picture picture) => Half(picture, 1);

    private static float[] Right(Picture picture) => Half(picture, 0);

    private static float[] Half(Picture picture, float white)
        => [.. picture.Planes.SelectMany(plane => plane.Where((_, i) => LeftHalf.Red[i] == white))];

    private static void AssertChromaOf(Picture expected, Picture result)
    {
        for (int i = 0; i < result.Red.Length; i++)
        {
            Assert.Equal(expected.Red[i] - expected.Green[i], result.Red[i] - result.Green[i], 1e-6f);
            Assert.Equal(expected.Blue[i] - expected.Green[i], result.Blue[i] - result.Green[i], 1e-6f);
        }
    }

    private sealed class Previews(Action<Picture> onPreview) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => onPreview(value.Preview());
    }
}
