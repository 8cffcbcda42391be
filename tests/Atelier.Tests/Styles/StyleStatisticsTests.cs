using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Styles;

/// <summary>Styles without their pictures.</summary>
public sealed class StyleStatisticsTests : IDisposable
{
    private static readonly StylizeOptions Options = StylizeOptions.Default with
    {
        Size = 41,
        MinSize = 29,
        Margin = 3,
        Iterations = 2,
        Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
        StyleLayers = LayerSelection.Parse("relu1_1,relu3_2,relu5_1"),
    };

    private static readonly Picture Content = Numbers.Picture(1, 35, 48);
    private static readonly Picture Art = Numbers.Picture(2, 61, 37);
    private static readonly Picture OtherArt = Numbers.Picture(3, 20, 30);

    private readonly Stylizer _stylizer = new(new EngineOptions { Threads = 2 });

    public void Dispose() => _stylizer.Dispose();

    public static TheoryData<StyleLossKind> Losses => [.. Enum.GetValues<StyleLossKind>()];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Evaluate_StyleFileOfTheSameSize_IsThePicture(StyleLossKind loss)
    {
        StylizeOptions options = Options with { StyleLoss = loss, StyleWeights = [2, 1] };
        Picture image = Numbers.Picture(5, 61, 41);
        options = options with { ContentWeight = 0 };
        Style file = RoundTrip(_stylizer.Extract([Art], Options, [29, 61]));

        Evaluation expected = _stylizer.Evaluate(image, null, [Art, OtherArt], options);
        Evaluation found = _stylizer.Evaluate(image, null, [file, OtherArt], options);

        Assert.Equal(expected.Terms, found.Terms);
        Assert.Equal(expected.Gradient.ToArray(), found.Gradient.ToArray());
        Assert.NotEqual(expected.Loss, _stylizer.Evaluate(image, null, [OtherArt, OtherArt], options).Loss, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Stylize_StyleFile_PaintsAsThePictureDoes(StyleLossKind loss)
    {
        StylizeOptions options = Options with { StyleLoss = loss, Init = InitKind.StyleStats };
        StyleStatistics file = RoundTrip(_stylizer.Extract([Art], Options, [29, 41]));
        StylizeResult expected = Paint(options, Art), found = Paint(options, file);

        Assert.Equal(expected.Picture.Red, found.Picture.Red);
        Assert.Equal(expected.Picture.Blue, found.Picture.Blue);
        Assert.Equal(expected.Warnings, found.Warnings);
    }

    [Fact]
    public void Extract_WithinAMemoryLimit_GivesTheSameStatisticsOrRefusesIt()
    {
        Picture large = Numbers.Picture(9, 1400, 1031);
        string message = Assert.Throws<OptionsException>(
            () => _stylizer.Extract([large], Options with { MaxMemory = 100_000_000 }, [32, 1400])).Message;
        Match least = Regex.Match(message, "measuring at 1400 pixels needs at least ([0-9]+) MB");
        Assert.True(least.Success, message);
        long limit = long.Parse(least.Groups[1].Value, CultureInfo.InvariantCulture) * 1_000_000;

        Assert.Throws<OptionsException>(
            () => _stylizer.Extract([large], Options with { MaxMemory = limit - 1_000_000 }, [1400]));
        SizedStatistics free = _stylizer.Extract([large], Options, [1400]).Nearest(1400);
        SizedStatistics limited = _stylizer.Extract([large], Options with { MaxMemory = limit }, [1400]).Nearest(1400);
        Assert.All(free.Layers, layer => Numbers.AssertClose(
            layer.Value.SecondMoment, limited.Layers[layer.Key].SecondMoment, 1e-5));
    }

    [Fact]
    public void Extract_SeveralArtworks_BlendsThem()
    {
        StylizeOptions weighted = Options with { StyleWeights = [3, 1] };
        StyleStatistics blend = _stylizer.Extract([Art, OtherArt], weighted, [30]);
        Picture image = Numbers.Picture(5, 30, 23);
        StylizeOptions options = Options with { ContentWeight = 0 };

        Evaluation expected = _stylizer.Evaluate(
            image, null, [_stylizer.Extract([Art], Options, [30]), OtherArt], options with { StyleWeights = [3, 1] });
        Assert.Equal(expected.Loss, _stylizer.Evaluate(image, null, [blend], options).Loss, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Evaluate_NegativeShare_LeadsAwayFromThatStyle(StyleLossKind loss)
    {
        StylizeOptions options = Options with { StyleLoss = loss, ContentWeight = 0, TvWeight = 0 };
        double Loss(params double[] weights) => _stylizer.Evaluate(
            OtherArt, null, [Art, OtherArt], options with { StyleWeights = [.. weights] }).Loss;

        Assert.True(double.IsFinite(Loss(4, -3)));
        Assert.True(Loss(1.5, -0.5) > Loss(1, 0));
        Assert.True(Loss(1, 0) > Loss(0.5, 0.5));
    }

    [Fact]
    public void Extract_Difference_IsAStyleOfItsOwn()
    {
        // The weights lead so far that no picture has such a covariance; what is kept is the nearest that one could.
        StyleStatistics difference =
            RoundTrip(_stylizer.Extract([Art, OtherArt], Options with { StyleWeights = [3, -2] }, [30]));
        StylizeOptions options = Options with { ContentWeight = 0, TvWeight = 0 };
        Picture image = Numbers.Picture(5, 30, 23);

        double expected = _stylizer.Evaluate(
            image, null, [_stylizer.Extract([Art], Options, [30]), _stylizer.Extract([OtherArt], Options, [30])],
            options with { StyleWeights = [3, -2] }).Loss;

        Assert.Equal(expected, _stylizer.Evaluate(image, null, [difference], options).Loss, 1e-3 * expected);
        Assert.All(difference.BySize[0].Layers.Values, layer => Assert.All(
            Enumerable.Range(0, layer.Channels),
            c => Assert.True(layer.SecondMoment[c * (layer.Channels + 1)] >= (layer.Mean[c] * layer.Mean[c]) - 1e-3)));
    }

    [Fact]
    public void Extract_Region_IsThatOfARunWithTheRegion()
    {
        Picture region = Mask((x, y) => x < 18 && y > 20 ? 1 : 0.1f);
        Picture image = Numbers.Picture(5, 61, 41);
        StylizeOptions options = Options with { ContentWeight = 0 };
        double Loss(Style style, SpatialGuides guides)
            => _stylizer.Evaluate(image, null, [style], options, guides).Loss;

        double expected = Loss(Art, new SpatialGuides { StyleRegions = [region] });
        Style file = RoundTrip(_stylizer.Extract([Art], Options, [61], [region]));

        Assert.Equal(expected, Loss(file, SpatialGuides.None));
        Assert.NotEqual(expected, Loss(Art, SpatialGuides.None), 1e-2 * expected);
    }

    [Fact]
    public void Extract_RegionOfNextToNothing_SaysWhichLayerLosesIt()
    {
        Picture dot = Mask((x, y) => x == 0 && y == 0 ? 1 : 0);
        OptionsException error = Assert.Throws<OptionsException>(
            () => _stylizer.Extract([Art], Options, [61], [dot]));
        Assert.Contains("style region 1 leaves too little", error.Message, StringComparison.Ordinal);
        Assert.Contains("relu5_1", error.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsException>(() => _stylizer.Extract([Art, OtherArt], Options, [61], [null]));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Stylize_StyleFileInAMask_PaintsAsThePictureDoes(StyleLossKind loss)
    {
        StylizeOptions options = Options with { StyleLoss = loss };
        StyleStatistics file = RoundTrip(_stylizer.Extract([Art], Options, [29, 41]));
        SpatialGuides guides = new()
        {
            StyleMasks = [StyleMask.FromPicture(Mask((x, _) => x / 36f)), StyleMask.Rest],
            Preserve = Mask((x, y) => x > 20 && y < 9 ? 1 : 0),
        };

        Picture expected = Paint(options, guides, Art, OtherArt).Picture;
        Picture found = Paint(options, guides, file, OtherArt).Picture;

        Assert.Equal(expected.Red, found.Red);
        Assert.NotEqual(expected.Red, Paint(options, guides, OtherArt, Art).Picture.Red);
    }

    [Fact]
    public void Stylize_RegionOfAStyleFile_SaysWhereToTakeIt()
    {
        StyleStatistics file = _stylizer.Extract([Art], Options, [29]);
        SpatialGuides guides = new() { StyleRegions = [null, Mask((_, _) => 1)] };

        OptionsException error =
            Assert.Throws<OptionsException>(() => Paint(Options, guides, OtherArt, file));

        Assert.Contains("style-region 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("when extracting its style file", error.Message, StringComparison.Ordinal);
        Paint(Options, guides with { StyleRegions = [Mask((_, _) => 1), null] }, OtherArt, file);
    }

    [Theory]
    [InlineData(ColorKind.Match), InlineData(ColorKind.Luminance)]
    public void Stylize_RecoloringOfAStyleFile_IsRefusedUnlessItComesAfter(ColorKind color)
    {
        StyleStatistics file = _stylizer.Extract([Art], Options, [29, 41]);

        OptionsException error = Assert.Throws<OptionsException>(
            () => Paint(Options with { Color = color }, OtherArt, file));

        Assert.Contains("style file 2 has no picture to recolor", error.Message, StringComparison.Ordinal);
        StylizeOptions after = Options with { Color = ColorKind.Content };
        Assert.Equal(Paint(after, Art).Picture.Green, Paint(after, file).Picture.Green);
    }

    [Fact]
    public void Stylize_NegativeShareAloneInItsPlace_IsRefused()
    {
        StylizeOptions options = Options with { StyleWeights = [3, -1] };
        StyleMask mask = StyleMask.FromPicture(Mask((x, _) => x / 36f));

        OptionsException error = Assert.Throws<OptionsException>(
            () => Paint(options, new SpatialGuides { StyleMasks = [mask, StyleMask.Rest] }, Art, OtherArt));

        Assert.Contains("style 2", error.Message, StringComparison.Ordinal);
        Paint(options, new SpatialGuides { StyleMasks = [mask, mask] }, Art, OtherArt);
    }

    [Fact]
    public void Extract_LargerThanTheArtworks_StopsAtTheirSize()
    {
        StyleStatistics file = _stylizer.Extract([OtherArt, Art], Options, [48, 512, 24, 1024]);
        Assert.Equal([24, 48, 61], file.Sizes);
        Assert.Equal(["relu1_1", "relu3_2", "relu5_1"], RoundTrip(file).Layers);
        Assert.Throws<OptionsException>(() => _stylizer.Extract([Art], Options, [3]));
        Assert.Throws<OptionsException>(() => _stylizer.Extract([], Options));
    }

    [Fact]
    public void Stylize_StyleFileThatDoesNotFit_SaysWhy()
    {
        StyleStatistics file = _stylizer.Extract([Art], Options, [29]);
        void AssertRefused(StylizeOptions options, string part)
        {
            OptionsException error = Assert.Throws<OptionsException>(() => Paint(options, Art, file));
            Assert.Contains("style file 2", error.Message, StringComparison.Ordinal);
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }

        AssertRefused(Options with { Network = "compact" }, "different weights");
        AssertRefused(Options with { Pooling = Pooling.Average }, "pooling max");
        AssertRefused(
            Options with { Padding = Padding.Zero },
            "was measured with padding replicate, but the run uses padding zero; " +
            "paint with padding replicate, or extract it again with padding zero");
        AssertRefused(
            Options with { Activations = ActivationMode.Normalized, Pooling = Pooling.Average },
            "paint with activations original and pooling max");
        AssertRefused(Options with { StyleLayers = LayerSelection.Parse("relu1_1,relu2_1") }, "not relu2_1");
        StylizeResult small = Paint(Options, Art, file);
        Assert.Contains(small.Warnings, warning => warning.Contains("style file 2 was", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_DamagedFile_IsAFormatErrorUnlessNothingIsLost()
    {
        byte[] whole = Bytes(_stylizer.Extract(
            [Art], Options with { StyleLayers = LayerSelection.Parse("relu1_1") }, [29]));
        Assert.True(StyleStatistics.IsStyleFile(whole));
        int header = BitConverter.ToInt32(whole), refused = 0;
        Random random = new(8);
        for (int round = 0; round < 4000; round++)
        {
            byte[] damaged = round % 10 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            int end = Math.Min(damaged.Length, round % 2 == 0 ? whole.Length : header + 8);
            for (int flips = random.Next(1, 4); flips > 0 && end > 0; flips--)
                damaged[random.Next(end)] ^= (byte)(1 << random.Next(8));
            try
            {
                Assert.Equal(whole, Bytes(StyleStatistics.Read(new MemoryStream(damaged))));
            }
            catch (WeightFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 3900, 4000);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "version 2")]
    [InlineData("\"longSide\":29", "\"longSide\":-9", "inconsistent")]
    [InlineData("\"longSide\":29", "\"longSide\":28", "'28/rgb/mean' is missing")]
    [InlineData("[\"relu1_1\"]", "[null     ]", "inconsistent")]
    [InlineData("\"networkSha256\":\"", "\"networkSha256\":\"00", "inconsistent")]
    [InlineData("\"pooling\":\"max\"", "\"pooling\":\"mux\"", "not JSON of its format")]
    public void Read_HeaderThatLies_SaysWhatIsWrong(string original, string changed, string part)
    {
        StyleStatistics file = _stylizer.Extract(
            [Art], Options with { StyleLayers = LayerSelection.Parse("relu1_1") }, [29]);
        WeightStore store = SafetensorsReader.Read(new MemoryStream(Bytes(file)));
        string json = store.Metadata["atelier:style"];
        Assert.Contains(original, json, StringComparison.Ordinal);
        ImmutableSortedDictionary<string, string> metadata = store.Metadata.SetItem(
            "atelier:style", json.Replace(original, changed, StringComparison.Ordinal));
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, store with
        {
            Metadata = metadata.SetItem(SafetensorsChecksum.Key, SafetensorsChecksum.Compute(
                metadata, store.Tensors.Select(tensor => new TensorSource(
                    tensor.Key, tensor.Value.Shape, () => tensor.Value.Values)))),
        });
        stream.Position = 0;

        WeightFormatException error = Assert.Throws<WeightFormatException>(() => StyleStatistics.Read(stream));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static Picture Mask(Func<int, int, float> value)
    {
        Picture mask = new(Art.Width, Art.Height);
        for (int i = 0; i < mask.Red.Length; i++)
            mask.Red[i] = mask.Green[i] = mask.Blue[i] = value(i % mask.Width, i / mask.Width);
        return mask;
    }

    private StylizeResult Paint(StylizeOptions options, params Style[] styles)
        => Paint(options, SpatialGuides.None, styles);

    private StylizeResult Paint(StylizeOptions options, SpatialGuides guides, params Style[] styles)
        => _stylizer.Stylize(new StylizeRequest
        {
            Content = Content,
            Styles = [.. styles],
            Guides = guides,
            Options = options,
        });

    private static StyleStatistics RoundTrip(StyleStatistics style)
        => StyleStatistics.Read(new MemoryStream(Bytes(style)));

    private static byte[] Bytes(StyleStatistics style)
    {
        using MemoryStream stream = new();
        style.Write(stream);
        return stream.ToArray();
    }
}
