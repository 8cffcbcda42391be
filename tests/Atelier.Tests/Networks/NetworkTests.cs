using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Layers;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Networks;

public sealed class NetworkTests : IDisposable
{
    private static readonly WeightStore Narrow = Fixture.Reference("narrow_vgg19");

    private readonly IEngine _engine = CpuEngine.Create();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Load_Compact_HasTheLayersOfVgg19UpToRelu51()
    {
        using Network network = Network.Load("compact", Pooling.Max, _engine);
        Assert.Equal(NetworkDefinition.Compact.ReluNames, network.Definition.ReluNames);
        Assert.Equal(13, network.Definition.ReluNames.Length);
        Assert.Equal(
            ["pool1", "pool2", "pool3", "pool4"],
            network.Definition.LayerNames.Except(network.Definition.ReluNames));
    }

    [Fact]
    public void Select_GivenWeights_AreNormalizedFromThePictureDownward()
    {
        using Network network = Bind(Narrow);
        Assert.Equal(
            [("relu1_1", 0.75), ("relu4_1", 0.25)],
            network.Select(
                LayerSelection.Parse("relu4_1=1,relu1_1=3,relu2_1=0"),
                LayerWeighting.Geometric, favorsDeepLayers: true));
    }

    [Theory]
    [InlineData(true, 1 / 7.0, 2 / 7.0, 4 / 7.0)]
    [InlineData(false, 4 / 7.0, 2 / 7.0, 1 / 7.0)]
    public void Select_Geometric_GrowsOrFallsWithDepth(bool favorsDeepLayers, double first, double second, double third)
    {
        using Network network = Bind(Narrow);
        ImmutableArray<(string Name, double Weight)> layers = network.Select(
            LayerSelection.Parse("relu3_1,relu5_1,relu1_1"), LayerWeighting.Geometric, favorsDeepLayers);
        Assert.Equal(["relu1_1", "relu3_1", "relu5_1"], layers.Select(layer => layer.Name));
        Numbers.AssertClose([first, second, third], [.. layers.Select(layer => layer.Weight)], 1e-15);
    }

    [Fact]
    public void Select_All_TakesEveryReluLayer()
    {
        using Network network = Bind(Narrow);
        ImmutableArray<(string Name, double Weight)> layers =
            network.Select(LayerSelection.All, LayerWeighting.Equal, false);
        Assert.Equal(NetworkDefinition.Vgg19.ReluNames, layers.Select(layer => layer.Name));
        Assert.All(layers, layer => Assert.Equal(1 / 16.0, layer.Weight));
    }

    [Fact]
    public void Select_UnknownLayers_NamesEachWithTheNearest()
    {
        using Network network = Bind(Narrow);
        OptionsException error = Assert.Throws<OptionsException>(
            () => network.Select(LayerSelection.Parse("relu4_9,conv,relu1_1"), LayerWeighting.Equal, false));
        Assert.Equal(2, error.Problems.Length);
        Assert.Contains("did you mean 'relu4_1'?", error.Problems[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("'conv'", error.Problems[1].ToString(), StringComparison.Ordinal);
        Assert.Throws<OptionsException>(
            () => network.Select(LayerSelection.Parse("relu1_1=0"), LayerWeighting.Equal, false));
    }

    [Theory]
    [InlineData("conv3_2.bias", "conv3_2.bias")]
    [InlineData("conv1_1.weight", "conv1_1.weight")]
    public void Bind_MissingTensor_NamesIt(string removed, string named)
        => AssertRefused(Narrow with { Tensors = Narrow.Tensors.Remove(removed) }, named);

    [Theory]
    [InlineData("conv1_1.weight", new[] { 16, 4, 3, 3 })]
    [InlineData("conv1_1.weight", new[] { 3, 3, 3, 3 })]
    [InlineData("conv2_1.weight", new[] { 32, 16, 5, 5 })]
    [InlineData("conv2_1.weight", new[] { 32, 17, 3, 3 })]
    [InlineData("conv2_1.weight", new[] { 32, 144 })]
    [InlineData("conv4_1.bias", new[] { 63 })]
    [InlineData("conv4_1.bias", new[] { 64, 1 })]
    public void Bind_WrongShape_SaysWhichWasExpected(string key, int[] shape)
    {
        WeightTensor wrong = new([.. shape], new float[shape.Aggregate(1, (a, b) => a * b)]);
        AssertRefused(Narrow with { Tensors = Narrow.Tensors.SetItem(key, wrong) }, key, "expected");
    }

    [Theory]
    [InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void FirstLayers_NotFiniteWeight_NamesTheLayer(float value)
    {
        WeightTensor tensor = Narrow.Tensors["conv3_3.weight"];
        float[] values = [.. tensor.Values];
        values[77] = value;
        WeightTensor damaged = tensor with { Values = values };
        using Network network = Bind(Narrow with { Tensors = Narrow.Tensors.SetItem("conv3_3.weight", damaged) });

        Assert.Equal("relu3_2", network.FirstLayers(8)[^1].Name);
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => network.FirstLayers(9));
        Assert.Contains("'conv3_3'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FirstLayers_AnyOrderOfDepths_AreTheSameLayersReadOnce()
    {
        using Network network = Bind(Narrow);
        ImmutableArray<Layer> three = network.FirstLayers(3), five = network.FirstLayers(5);
        Assert.Equal(network.Definition.LayerNames[..5], five.Select(layer => layer.Name));
        Assert.Equal(three, five[..3]);
        Assert.Equal(five[..2], network.FirstLayers(2));
    }

    [Fact]
    public void Dispose_OfTheNetwork_ClosesItsFile()
    {
        SafetensorsFile file = Fixture.FileOf(Narrow);
        Network.Bind(file, "test", Pooling.Max, _engine).Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Read(file.Entries["conv1_1.bias"]));
    }

    [Theory]
    [InlineData("mean", "0.5, 0.5"), InlineData("mean", "a, b, c"), InlineData("mean", "")]
    [InlineData("std", "[0.2, 0, 0.2]"), InlineData("std", "[0.2, -1, 0.2]"), InlineData("std", "[NaN, 1, 1]")]
    public void Bind_BadMetadata_NamesIt(string key, string text)
        => AssertRefused(Narrow with { Metadata = Narrow.Metadata.SetItem(key, text) }, $"'{key}'");

    [Fact]
    public void Bind_NoMetadata_TakesThatOfImageNet()
    {
        using Network network = Bind(Narrow with { Metadata = Narrow.Metadata.Clear() });
        Assert.Equal([0.485f, 0.456f, 0.406f], network.Mean.ToArray());
        Assert.Equal([0.229f, 0.224f, 0.225f], network.Std.ToArray());
    }

    [Fact]
    public void Bind_OddWidthsAndFewBlocks_RunsForwardAndBackward()
    {
        using Network network = Bind(Store(5, 17, 33));
        Assert.Equal(["relu1_1", "pool1", "relu2_1", "pool2", "relu3_1"], network.Definition.LayerNames);
        using Encoder encoder = new(
            _engine, network, new EncoderGeometry(network, 9, 13, ["relu1_1", "relu3_1"], needsGradient: true),
            EncoderLayout.Whole);
        using Tensor picture = _engine.CreateTensor(Numbers.Uniform(1, 3 * 9 * 13));
        using Tensor gradient = _engine.CreateTensor(3 * 9 * 13);

        encoder.Forward(picture, (_, _, _) => { });
        Assert.Equal(new Shape(2, 3, 33), encoder.Geometry.ShapeOf("relu3_1"));
        encoder.Backward(
            picture, (_, features, map, rows) => _engine.AddScaledDifference(features, map, 1f, map, rows), gradient);
        Assert.Contains(_engine.Values(gradient), value => value != 0 && double.IsFinite(value));
    }

    [Theory]
    [InlineData("nowhere.safetensors", "no network or file")]
    [InlineData("compakt", "did you mean 'compact'?")]
    [InlineData("vgg19", "not part of Atelier")]
    public void Load_NoSuchNetwork_SaysWhatToDo(string name, string part)
    {
        AtelierException error = Assert.Throws<AtelierException>(() => Network.Load(name, Pooling.Max, _engine));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static WeightStore Store(params int[] widths)
    {
        Dictionary<string, WeightTensor> tensors = [];
        int inputs = 3;
        foreach ((int outputs, int i) in widths.Select((width, i) => (width, i)))
        {
            tensors[$"conv{i + 1}_1.weight"] = new([outputs, inputs, 3, 3], Numbers.Normal(i, outputs * inputs * 9));
            tensors[$"conv{i + 1}_1.bias"] = new([outputs], Numbers.Normal(i + 9, outputs));
            inputs = outputs;
        }

        return new WeightStore { Tensors = tensors.ToImmutableSortedDictionary(StringComparer.Ordinal) };
    }

    private Network Bind(WeightStore store) => Network.Bind(Fixture.FileOf(store), "test", Pooling.Max, _engine);

    private void AssertRefused(WeightStore store, params string[] parts)
    {
        WeightFormatException error = Assert.Throws<WeightFormatException>(() => Bind(store));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
