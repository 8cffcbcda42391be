using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Weights;

namespace Atelier.Tests;

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
    public void Evaluate_StyleFileOfTheSameSize_IsThePictureButForRounding(StyleLossKind loss)
    {
        StylizeOptions options = Options with { StyleLoss = loss, StyleWeights = [2, 1] };
        Picture image = Numbers.Picture(5, 61, 41);
        options = options with { ContentWeight = 0 };
        Style file = RoundTrip(_stylizer.Extract([Art], Options, [29, 61]));

        Evaluation expected = _stylizer.Evaluate(image, null, [Art, OtherArt], options);
        Evaluation found = _stylizer.Evaluate(image, null, [file, OtherArt], options);

        Assert.All(expected.Terms.Zip(found.Terms), terms =>
            Assert.InRange(terms.Second.Value, terms.First.Value * (1 - 2e-5), terms.First.Value * (1 + 2e-5)));
        Assert.NotEqual(expected.Loss, _stylizer.Evaluate(image, null, [OtherArt, OtherArt], options).Loss, 1e-4);
    }

    [Fact]
    public void Stylize_StyleFile_PaintsNearlyAsThePictureDoes()
    {
        StyleStatistics file = RoundTrip(_stylizer.Extract([Art], Options, [29, 41]));
        StylizeResult expected = Paint(Options, Art), found = Paint(Options, file);

        Assert.All(expected.Picture.Red.Zip(found.Picture.Red), pair => Assert.Equal(pair.First, pair.Second, 0.02f));
        Assert.Equal(expected.Warnings, found.Warnings);
    }

    [Fact]
    public void Stylize_FromTheColorsOfAStyleFile_StartsAsFromThePicture()
    {
        StylizeOptions options = Options with { Init = InitKind.StyleStats };
        StyleStatistics file = RoundTrip(_stylizer.Extract([Art], Options, [29, 41]));

        Assert.All(Paint(options, Art).Scales.Zip(Paint(options, file).Scales), scales =>
            Assert.Equal(scales.First.Losses[0], scales.Second.Losses[0], 1e-2 * scales.First.Losses[0]));
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

        AssertRefused(Options with { Network = "compact" }, "other weights");
        AssertRefused(Options with { Pooling = Pooling.Average }, "pooling max");
        AssertRefused(Options with { StyleLayers = LayerSelection.Parse("relu1_1,relu2_1") }, "not relu2_1");
        StylizeResult small = Paint(Options, Art, file);
        Assert.Contains(small.Warnings, warning => warning.Contains("style file 2 was", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_DamagedFile_GivesStatisticsOrAFormatError()
    {
        byte[] whole = Bytes(_stylizer.Extract(
            [Art], Options with { StyleLayers = LayerSelection.Parse("relu1_1") }, [29]));
        Assert.True(StyleStatistics.IsStyleFile(whole));
        int header = BitConverter.ToInt32(whole), refused = 0;
        Random random = new(8);
        for (int round = 0; round < 5000; round++)
        {
            byte[] damaged = round % 10 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int flips = random.Next(1, 4); flips > 0 && damaged.Length > 8; flips--)
                damaged[random.Next(Math.Min(damaged.Length, header + 64))] = (byte)random.Next(256);
            try
            {
                StyleStatistics.Read(new MemoryStream(damaged));
            }
            catch (WeightFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 2500, 5000);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "version 2")]
    [InlineData("\"longSide\":29", "\"longSide\":-9", "makes no sense")]
    [InlineData("\"longSide\":29", "\"longSide\":28", "'28/rgb/mean' is missing")]
    [InlineData("[\"relu1_1\"]", "[null     ]", "makes no sense")]
    [InlineData("\"pooling\":\"max\"", "\"pooling\":\"mux\"", "not the JSON")]
    public void Read_HeaderThatLies_SaysWhatIsWrong(string original, string changed, string part)
    {
        StyleStatistics file = _stylizer.Extract(
            [Art], Options with { StyleLayers = LayerSelection.Parse("relu1_1") }, [29]);
        WeightStore store = SafetensorsReader.Read(new MemoryStream(Bytes(file)));
        string json = store.Metadata["atelier:style"];
        Assert.Contains(original, json, StringComparison.Ordinal);
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, store with
        {
            Metadata = store.Metadata.SetItem(
                "atelier:style", json.Replace(original, changed, StringComparison.Ordinal)),
        });
        stream.Position = 0;

        WeightFormatException error = Assert.Throws<WeightFormatException>(() => StyleStatistics.Read(stream));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private StylizeResult Paint(StylizeOptions options, params Style[] styles)
        => _stylizer.Stylize(new StylizeRequest { Content = Content, Styles = [.. styles], Options = options });

    private static StyleStatistics RoundTrip(StyleStatistics style)
        => StyleStatistics.Read(new MemoryStream(Bytes(style)));

    private static byte[] Bytes(StyleStatistics style)
    {
        using MemoryStream stream = new();
        style.Write(stream);
        return stream.ToArray();
    }
}
