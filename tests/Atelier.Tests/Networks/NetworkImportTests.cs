using System.Collections.Immutable;
using Atelier.Networks;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Networks;

/// <summary>What is recognized in a file, and what is reported of it.</summary>
public sealed class NetworkImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_FiltersOfZeros_AreReported()
    {
        ImportedNetwork network = Import(Store("features.{0}", 5, tensors =>
        {
            Array.Clear(tensors["features.2.weight"], 9 * 5, 2 * 9 * 5);
        }));
        Assert.Equal("all weights of filter 1, 2 of 'conv1_2.weight' are 0.", Assert.Single(network.Warnings));
    }

    [Theory]
    [InlineData(float.NaN, false), InlineData(float.NegativeInfinity, false), InlineData(float.NaN, true)]
    public void Import_NotFiniteWeight_NamesItsFilterAndWritesNothing(float value, bool half)
    {
        WeightStore store = Store("features.{0}", 5, tensors => tensors["features.2.weight"][(3 * 45) + 7] = value);
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => Import(store, half: half));
        Assert.Contains("filter 3 of 'conv1_2.weight'", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public void Import_HalfOfWhat16BitsCannotHold_IsRefused()
    {
        WeightStore store = Store("features.{0}", 5, tensors => tensors["features.0.bias"][2] = 70_000);
        Assert.Contains(
            "import it without half", Assert.Throws<WeightFormatException>(() => Import(store, half: true)).Message,
            StringComparison.Ordinal);
        Import(store);
        Assert.Equal(70_000, SafetensorsReader.Read(Output).Tensors["conv1_1.bias"].Values[2]);
    }

    [Fact]
    public void Import_Half_KeepsSixteenBitsOfEach()
    {
        WeightStore store = Store("features.{0}", 5, _ => { });
        Import(store, half: true);
        Assert.Equal(
            store.Tensors["features.2.weight"].Values.Select(value => (float)(Half)value),
            SafetensorsReader.Read(Output).Tensors["conv1_2.weight"].Values);
    }

    /// <summary>The first weight, its neighbor to the right and the next, or those of the three inputs.</summary>
    [Theory]
    [InlineData(1, -0.053474f, -0.049257f, -0.067942f, "rgb01-imagenet")]
    [InlineData(1, -0.55373f, 0.14270f, 0.52896f, "rgb01-imagenet")]
    [InlineData(9, 0.429470569f, 0.550379455f, 0.480015397f, "bgr255-caffe")]
    [InlineData(9, 0.480015397f, 0.550379455f, 0.429470569f, "rgb255-caffe")]
    public void Import_PublishedFirstWeights_TellWhatTheNetworkSees(
        int step, float first, float second, float third, string expected)
    {
        WeightStore store = Store("features.{0}", 64, tensors =>
        {
            float[] weights = tensors["features.0.weight"];
            (weights[0], weights[step], weights[2 * step]) = (first, second, third);
        });
        Assert.Equal(expected, Import(store).Input.Name);
        Assert.Equal("rgb01-imagenet", Import(store, InputConvention.Rgb01ImageNet).Input.Name);
    }

    [Theory]
    [InlineData("features.{0}", 5, "rgb01-imagenet")]
    [InlineData("features.{0}", 64, null)]
    [InlineData("layer{0}", 5, null)]
    public void Import_UnknownWeights_AreJudgedByNamesOnlyWhereTheyAreClear(string name, int width, string? expected)
    {
        WeightStore store = Store(name, width, _ => { });
        if (expected is not null)
        {
            Assert.Equal(expected, Import(store).Input.Name);
            return;
        }

        WeightFormatException error = Assert.Throws<WeightFormatException>(() => Import(store));
        Assert.Contains("bgr255-caffe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_MeanPictureOfMatConvNet_TellsWhatTheNetworkSees()
    {
        WeightStore store = Store("layers.{0}", 64, _ => { });
        Assert.Equal("rgb255-caffe", Import(store with
        {
            Tensors = store.Tensors.Add("meta.normalization.averageImage", new([1, 1, 3], new float[3])),
        }).Input.Name);
    }

    [Fact]
    public void Import_ConversionThatMixesColors_IsRefused()
    {
        WeightStore store = Store("{0}", 5, _ => { });
        ImmutableSortedDictionary<string, WeightTensor> tensors = store.Tensors
            .Add("first.weight", new([3, 3, 1, 1], [1, 0.5f, 0, 0, 1, 0, 0, 0, 1]))
            .Add("first.bias", new([3], new float[3]));
        Assert.Contains(
            "mixes the color channels",
            Assert.Throws<WeightFormatException>(() => Import(store with { Tensors = tensors })).Message,
            StringComparison.Ordinal);
    }

    /// <summary>An imported network, imported again: the colors are in the order of the picture already.</summary>
    [Theory]
    [InlineData("bgr255-caffe"), InlineData("rgb255-caffe"), InlineData("rgb01-imagenet")]
    public void Import_ImportedFile_IsRecognizedByItsMetadataAndStaysAsItIs(string convention)
    {
        ImportedNetwork first = Import(Store("layers.{0}", 64, _ => { }), InputConvention.Parse(convention));
        string again = _folder.PathOf("again.safetensors");

        ImportedNetwork second = NetworkImport.Import(Output, again);

        Assert.Equal(convention, second.Input.Name);
        Assert.Equal(first.Input.Mean, second.Input.Mean);
        Assert.Equal(first.Input.Std, second.Input.Std);
        Assert.Equal(File.ReadAllBytes(Output), File.ReadAllBytes(again));
        Assert.Equal(convention, NetworkImport.Verify(again).Input.Name);
        Assert.Equal(convention, NetworkImport.Describe(again).Network!.Input.Name);
        Assert.Contains(
            "do not specify one",
            Assert.Throws<WeightFormatException>(
                () => NetworkImport.Import(Output, again, InputConvention.Rgb01ImageNet)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[0.485, 0.456, 0.406]", "[0.229, 0.224, 0.225]", "rgb01-imagenet")]
    [InlineData("[0.5, 0.5, 0.5]", "[0.25, 0.25, 0.25]", "own")]
    [InlineData("[0.5, 0.5]", "[0.25, 0.25, 0.25]", null)]
    public void Verify_OwnNamesWithMetadata_TakesWhatTheMetadataSays(string mean, string std, string? expected)
    {
        WeightStore store = Store("layer{0}", 5, _ => { });
        string path = _folder.PathOf("own.safetensors");
        Dictionary<string, string> names = new()
        {
            ["layer0"] = "conv1_1",
            ["layer2"] = "conv1_2",
            ["layer5"] = "conv2_1",
            ["layer7"] = "conv2_2",
        };
        SafetensorsWriter.Write(path, new WeightStore
        {
            Tensors = store.Tensors.ToImmutableSortedDictionary(
                pair => pair.Key.Replace(pair.Key[..6], names[pair.Key[..6]], StringComparison.Ordinal),
                pair => pair.Value, StringComparer.Ordinal),
            Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("mean", mean).Add("std", std),
        });
        if (expected is null)
        {
            WeightFormatException error = Assert.Throws<WeightFormatException>(() => NetworkImport.Verify(path));
            Assert.Contains("metadata 'mean'", error.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(expected, NetworkImport.Verify(path).Input.Name);
    }

    private string Output => _folder.PathOf("out.safetensors");

    private ImportedNetwork Import(WeightStore store, InputConvention? input = null, bool half = false)
    {
        string path = _folder.PathOf("foreign.safetensors");
        SafetensorsWriter.Write(path, store);
        return NetworkImport.Import(path, Output, input, half);
    }

    /// <summary>Four convolutions, two in each block, of one width in the first and one more in the second.</summary>
    private static WeightStore Store(string name, int width, Action<Dictionary<string, float[]>> change)
    {
        Dictionary<string, float[]> values = [];
        Dictionary<string, ImmutableArray<int>> shapes = [];
        int inputs = 3;
        foreach ((int layer, int outputs) in (ReadOnlySpan<(int, int)>)
            [(0, width), (2, width), (5, width + 1), (7, width + 1)])
        {
            string key = string.Format(System.Globalization.CultureInfo.InvariantCulture, name, layer);
            shapes[$"{key}.weight"] = [outputs, inputs, 3, 3];
            shapes[$"{key}.bias"] = [outputs];
            values[$"{key}.weight"] = Numbers.Normal(layer, outputs * inputs * 9);
            values[$"{key}.bias"] = Numbers.Normal(layer + 1, outputs);
            inputs = outputs;
        }

        change(values);
        return new WeightStore
        {
            Tensors = values.ToImmutableSortedDictionary(
                pair => pair.Key, pair => new WeightTensor(shapes[pair.Key], pair.Value), StringComparer.Ordinal),
        };
    }
}
