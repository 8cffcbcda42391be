using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Networks;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Networks;

/// <summary>Networks in the files of their real producers, which weights/make_*.py wrote.</summary>
public sealed class VggImportTests
{
    /// <summary>File, the network in it, what it sees (null: recognized), and how exactly it keeps the weights.
    /// </summary>
    public static TheoryData<string, string, string?, float> Files => new()
    {
        { "torchvision_vgg19.pth", "vgg19", null, 0 },
        { "torchvision_vgg16_legacy.pth", "vgg16", null, 0 },
        { "checkpoint.pth", "vgg16", null, 0 },
        { "half.pth", "vgg16", null, 1f / 2048 },
        { "bfloat16.pth", "vgg16", null, 1f / 256 },
        { "caffe_names_legacy.pt", "vgg16", "bgr255-caffe", 0 },
        { "shared_list.pt", "vgg19", "rgb01-imagenet", 0 },
        { "strided.pt", "vgg16", "bgr255-caffe", 0 },
        { "normalised.pth", "vgg16", null, 0 },
        { "tensorflow_names.npz", "vgg16", "bgr255-caffe", 0 },
        { "compressed.npz", "vgg16", "bgr255-caffe", 1f / 2048 },
        { "dictionary.npy", "vgg16", "rgb255-caffe", 0 },
        { "dictionary_caffe.npy", "vgg16", "bgr255-caffe", 0 },
        { "lasagne.pkl", "vgg19", "bgr255-caffe", 0 },
        { "lasagne5.pkl", "vgg19", "bgr255-caffe", 0 },
        { "orders.npz", "vgg16", "bgr255-caffe", 0 },
        { "vgg19.onnx", "vgg19", null, 0 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Import_RealProducersFile_HoldsTheSameWeights(string file, string kind, string? input, float tolerance)
    {
        WeightStore expected = SafetensorsReader.Read(Fixture.PathOf("weights", $"weights_{kind}.safetensors"));
        using TemporaryFolder folder = new();
        string output = folder.PathOf("out.safetensors");

        ImportedNetwork network = NetworkImport.Import(PathOf(file), output, Convention(input));

        Assert.Equal(kind, network.Definition.Name);
        Assert.Equal(input ?? (file == "normalised.pth" ? "own" : "rgb01-imagenet"), network.Input.Name);
        Assert.Empty(network.Warnings);
        WeightStore imported = SafetensorsReader.Read(output);
        Assert.Equal(expected.Tensors.Keys, imported.Tensors.Keys);
        foreach ((string name, WeightTensor tensor) in expected.Tensors)
        {
            float[] values = imported.Tensors[name].Values;
            bool isFirst = name == "conv1_1.weight" && network.Input.IsBgr;
            Assert.Equal(tensor.Shape, imported.Tensors[name].Shape);
            for (int i = 0; i < values.Length; i++)
            {
                float stored = tensor.Values[isFirst ? i + ((2 - (2 * (i / 9 % 3))) * 9) : i];
                Assert.InRange(values[i], stored - (tolerance * Math.Abs(stored)) - (tolerance * 1e-3f),
                    stored + (tolerance * Math.Abs(stored)) + (tolerance * 1e-3f));
            }
        }
    }

    [Theory]
    [InlineData("torchvision_vgg19.pth", null, "expected_vgg19")]
    [InlineData("torchvision_vgg16_legacy.pth", null, "expected_vgg16")]
    [InlineData("vgg19.onnx", null, "expected_vgg19")]
    [InlineData("strided.pt", "bgr255-caffe", "expected_vgg16_caffe")]
    [InlineData("tensorflow_names.npz", "bgr255-caffe", "expected_vgg16_caffe")]
    [InlineData("normalised.pth", null, "expected_vgg16_caffe")]
    public void Load_ForeignFile_FeaturesAndGradientAreThoseOfPyTorch(string file, string? input, string reference)
    {
        WeightStore expected = SafetensorsReader.Read(Fixture.PathOf("weights", $"{reference}.safetensors"));
        using IEngine engine = CpuEngine.Create();
        using Network network = input is null
            ? Network.Load(PathOf(file), Pooling.Max, engine)
            : Network.Bind(
                VggImport.Open(WeightArchive.Open(PathOf(file)).Archive, PathOf(file), Convention(input)),
                file, Pooling.Max, engine);
        ImmutableArray<int> shape = expected.Tensors["picture"].Shape;
        EncoderGeometry geometry = new(network, shape[1], shape[2], network.Definition.ReluNames, needsGradient: true);
        using Encoder encoder = new(engine, network, geometry, EncoderLayout.Whole);
        using Tensor picture = engine.CreateTensor(expected.Tensors["picture"].Values);
        using Tensor gradient = engine.CreateTensor(expected.Tensors["picture"].Values.Length);
        Dictionary<string, GuardedMap> copies = MapsOf(network, geometry, engine);
        Dictionary<string, GuardedMap> zeros = MapsOf(network, geometry, engine);

        encoder.Forward(picture, (layer, features, rows) => engine.Copy(features, copies[layer].Map, rows));
        encoder.Backward(picture, (layer, features, map, rows) => engine.AddScaledDifference(
            features, zeros[layer].Map, 2f / geometry.ShapeOf(layer).Count, map, rows), gradient);

        foreach ((string layer, GuardedMap copy) in copies)
            AssertAgrees(expected.Tensors[layer], copy);
        Numbers.AssertClose(
            Numbers.Doubles(expected.Tensors["gradient"].Values), engine.Values(gradient), 1e-4);
        foreach (GuardedMap map in copies.Values.Concat(zeros.Values))
            map.Dispose();
    }

    private static Dictionary<string, GuardedMap> MapsOf(Network network, EncoderGeometry geometry, IEngine engine)
        => network.Definition.ReluNames.ToDictionary(
            layer => layer, layer => new GuardedMap(engine, geometry.ShapeOf(layer)));

    private static string PathOf(string file) => Fixture.PathOf("weights", file);

    private static InputConvention? Convention(string? name) => name is null ? null : InputConvention.Parse(name);

    private static void AssertAgrees(WeightTensor expected, GuardedMap features)
    {
        Shape shape = features.Shape;
        int area = (int)shape.Area;
        Assert.Equal([shape.Channels, shape.Height, shape.Width], expected.Shape);
        Numbers.AssertClose(
            [.. Enumerable.Range(0, (int)shape.Count).Select(i =>
                (double)expected.Values[(i % shape.Channels * area) + (i / shape.Channels)])],
            features.Values, 1e-4);
    }
}
