using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Losses;
using Atelier.Testing;

namespace Atelier.Tests.Inspection;

public sealed class FigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly ImmutableArray<ScaleReport> Scales =
    [
        new ScaleReport(64, 48, [3, 2, 1])
        {
            Terms = [new TermHistory("style relu1_1", [2, 1.5, 0.5]), new TermHistory("tv", [0, 0.5, 0.5])],
        },
        new ScaleReport(128, 96, [4, 1])
        {
            Terms = [new TermHistory("style relu1_1", [3, 0.75]), new TermHistory("tv", [1, 0.25])],
        },
    ];

    [Fact]
    public void ColorMap_Ends_AreTheExtremesAndTheMiddleIsWhite()
    {
        Assert.Equal(Ink.White, ColorMap.Diverging.At(0.5));
        Assert.Equal(ColorMap.Rising.At(0), ColorMap.Rising.At(-3));
        Assert.Equal(ColorMap.Rising.At(1), ColorMap.Rising.At(7));
        double[] luminances = [.. Enumerable.Range(0, 101).Select(i => Luminance(ColorMap.Rising.At(i / 100.0)))];
        Assert.All(luminances.Zip(luminances.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void ColorScale_Around0_IsWhiteAt0AndGoesByTheRoot()
    {
        ColorScale scale = ColorScale.Around0(16);

        Assert.Equal(Ink.White, scale.At(0));
        Assert.Equal(ColorMap.Diverging.At(0.75), scale.At(4));
        Assert.Equal(ColorMap.Diverging.At(0), scale.At(-16));
        Assert.Equal(Ink.White, ColorScale.Around0(0).At(0));
    }

    [Theory]
    [InlineData(5, 102), InlineData(64, 8), InlineData(512, 1), InlineData(600, 1)]
    public void GramFigure_AnyChannels_HasAtLeastAPixelForEachEntry(int channels, int cell)
    {
        double[] values = new double[channels * channels];
        values[^1] = 4;
        GramMatrix gram = new("relu5_1", channels, values);

        Picture figure = new GramFigure { Title = "t", First = gram, FirstName = "a.png" }.Draw();

        // The strongest channel, the last one, stands in the upper left corner: one cell of the brightest color.
        int edge = cell * channels;
        (int x, int y) = (56, 80);
        Assert.True(figure.Width >= edge + 56 && figure.Height >= edge + 80);
        Assert.Equal(ColorMap.Rising.At(1), At(figure, x, y));
        Assert.Equal(ColorMap.Rising.At(1), At(figure, x + cell - 1, y + cell - 1));
        Assert.Equal(ColorMap.Rising.At(0), At(figure, x + cell, y));
        Assert.Equal(ColorMap.Rising.At(0), At(figure, x + edge - 1, y + edge - 1));
    }

    [Fact]
    public void GramFigure_TwoPictures_ShowsBothAndTheirDifference()
    {
        GramMatrix a = new("relu1_1", 8, [.. Enumerable.Repeat(2.0, 64)]), b = a with { Values = new double[64] };
        GramFigure one = new() { Title = "t", First = a, FirstName = "a", StrongestFirst = false };

        Picture figure = (one with { Second = b, SecondName = "b" }).Draw();

        Assert.True(figure.Width > 3 * 512);
        Assert.Equal(ColorMap.Rising.At(1), At(figure, 56, 80));
        Assert.Equal(ColorMap.Rising.At(0), At(figure, 56 + 718, 80));
        Assert.Equal(ColorMap.Diverging.At(1), At(figure, 56 + (2 * 718), 80));
    }

    [Fact]
    public void FeatureSheet_MoreChannelsThanFit_ShowsTheStrongest()
    {
        // Three channels of 2 x 3; the second is the strongest, the first is nothing.
        LayerFeatures layer = new("relu2_1", 3, 2, 3, [0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 1, 0, 0, 0, 0, 0]);
        FeatureSheet sheet = new() { Title = "t", Picture = Numbers.Picture(1, 20, 30), Layers = [layer] };

        Picture all = sheet.Draw(), one = (sheet with { MaxChannels = 1 }).Draw();

        Assert.Equal([1, 2, 0], layer.StrongestFirst);
        Assert.True(Count(one, ColorMap.Rising.At(1)) >= 144 * 96);
        Assert.Equal(0, Count(one, ColorMap.Rising.At(0)));
        Assert.True(Count(all, ColorMap.Rising.At(0)) > 144 * 96);
    }

    [Fact]
    public void LossPlot_TwoSizes_IsAValidDrawingWithACurveForEachTerm()
    {
        XElement drawing = Parse(new LossPlot { Title = "a < b & \"c\"", Scales = Scales });

        Assert.Equal("a < b & \"c\"", drawing.Element(Svg + "title")!.Value);
        Assert.Contains("total 1, style relu1_1 0.75, tv 0.25", drawing.Element(Svg + "desc")!.Value,
            StringComparison.Ordinal);
        Assert.Empty(drawing.Descendants(Svg + "script"));
        string[] curves = [.. drawing.Descendants(Svg + "g").Single().Elements(Svg + "path")
            .Select(path => path.Attribute("d")!.Value)];
        Assert.Equal(3, curves.Length);

        // The sum, drawn last, goes through five points and is broken where the second size begins.
        Assert.Equal("MLLML", string.Concat(curves[^1].Where(char.IsLetter)));

        // The other terms likewise; 0 has no place on a logarithmic axis.
        Assert.Equal("MLML", string.Concat(curves[0].Where(char.IsLetter)));
        string[] texts = [.. drawing.Descendants(Svg + "text").Select(text => text.Value)];
        Assert.All((string[])["64 × 48", "128 × 96", "style relu1_1", "tv", "total", "iteration"],
            text => Assert.Contains(text, texts));
        Assert.Single(drawing.Descendants(Svg + "line"), line => line.Attribute("stroke-dasharray") is not null);
    }

    [Fact]
    public void LossPlot_ATenthOfAValue_IsAlwaysTheSameWayDown()
    {
        XElement drawing = Parse(new LossPlot { Title = "t", Scales = [new ScaleReport(9, 9, [10, 1, 0.1])] });

        double[] heights = [.. drawing.Descendants(Svg + "g").Single().Element(Svg + "path")!.Attribute("d")!.Value
            .Split('M', 'L').Skip(1).Select(point => double.Parse(point.Split(' ')[1], CultureInfo.InvariantCulture))];
        Assert.Equal(heights[1] - heights[0], heights[2] - heights[1], 0.05);
        Assert.True(heights[1] > heights[0]);
    }

    [Fact]
    public void LossPlot_NothingToShow_IsRefused()
        => Assert.Throws<ArgumentException>(
            () => new LossPlot { Title = "t", Scales = [new ScaleReport(9, 9, [0])] }.Draw());

    [Theory]
    [InlineData(0.2, 1), InlineData(1.1, 2), InlineData(3, 5), InlineData(22.5, 50), InlineData(70, 100)]
    public void RoundUnit_OfANumber_IsTheNextRoundOne(double least, int expected)
        => Assert.Equal(expected, LogAxis.RoundUnit(least));

    private static XElement Parse(LossPlot plot)
    {
        string text = plot.Draw();
        Assert.Contains(LossPlot.Mark, text, StringComparison.Ordinal);
        return XElement.Parse(text);
    }

    private static double Luminance(Ink ink) => (0.2126 * ink.Red) + (0.7152 * ink.Green) + (0.0722 * ink.Blue);

    private static Ink At(Picture picture, int x, int y)
    {
        int i = (y * picture.Width) + x;
        return new Ink(picture.Red[i], picture.Green[i], picture.Blue[i]);
    }

    private static int Count(Picture picture, Ink ink)
        => Enumerable.Range(0, picture.Red.Length).Count(i => At(picture, i % picture.Width, i / picture.Width) == ink);
}
