using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Imaging;
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
        Picture result = Paint(Tiny with { Color = ColorKind.Content }, Palette);

        AssertChromaOf(Recoloring.Apply(Content, Palette), result);
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
        Picture[] recolored = [.. Styles.Select(style => Recoloring.Apply(style, Palette))];

        double expected = stylizer.Evaluate(Content, Content, recolored, Tiny).Loss;
        StylizeOptions match = Tiny with { Color = ColorKind.Match };

        Assert.Equal(expected, stylizer.Evaluate(Content, Content, Styles, match, palette: Palette).Loss);
        Assert.NotEqual(expected, stylizer.Evaluate(Content, Content, Styles, match).Loss);
        Assert.Throws<OptionsException>(
            () => stylizer.Evaluate(Content, null, Styles, match with { ContentWeight = 0 }));
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
        => new() { Content = Content, Styles = Styles, Options = options, Palette = palette };

    private static Picture Paint(StylizeOptions options, Picture? palette, Action<Picture>? onPreview = null)
    {
        using Stylizer stylizer = new();
        return stylizer.Stylize(Request(options, palette), new Previews(onPreview ?? (_ => { }))).Picture;
    }

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
