using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Networks;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Networks;

public sealed class FeatureChainTests
{
    public static TheoryData<int, Pooling> Cases => Widths.With(Pooling.Max, Pooling.Average);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_ReferencePicture_EveryLayerAgreesWithPyTorch(int bits, Pooling pooling)
    {
        WeightStore expected = Fixture.Reference(pooling == Pooling.Max ? "features_max" : "features_avg");
        using IEngine engine = Widths.NewEngine(bits);
        using Network network = Network.Load(Fixture.PathOf("reference", "narrow_vgg19.safetensors"), pooling, engine);
        PlanarPicture picture = PlanarPicture.From(expected.Picture("image"));
        foreach (bool together in (bool[])[true, false])
        {
            string[][] runs = together
                ? [[.. network.Definition.ReluNames]]
                : [.. network.Definition.ReluNames.Select(name => new[] { name })];
            foreach (string[] featureLayers in runs)
            {
                EncoderGeometry geometry = new(
                    network, picture.Height, picture.Width, featureLayers, needsGradient: false);
                using Encoder encoder = new(engine, network, geometry, EncoderLayout.Whole);
                using Tensor x = engine.CreateTensor(picture.Values);
                Dictionary<string, GuardedMap> copies = featureLayers.ToDictionary(
                    layer => layer, layer => new GuardedMap(engine, encoder.Geometry.ShapeOf(layer)));
                encoder.Forward(x, (layer, features, rows) => engine.Copy(features, copies[layer].Map, rows));
                foreach ((string layer, GuardedMap copy) in copies)
                {
                    AssertAgrees(expected.Tensors[layer], copy);
                    copy.Dispose();
                }
            }
        }
    }

    [Theory]
    [InlineData(15, 40, "relu5_1", true), InlineData(16, 40, "relu5_1", false)]
    [InlineData(1, 1, "relu1_2", false), InlineData(40, 1, "relu2_1", true)]
    public void New_SmallPicture_IsRefusedOnlyWhereNothingIsLeft(int height, int width, string layer, bool refused)
    {
        using IEngine engine = CpuEngine.Create();
        using Network network = Network.Load("compact", Pooling.Max, engine);
        if (!refused)
        {
            EncoderGeometry geometry = new(network, height, width, [layer], needsGradient: true);
            Assert.True(geometry.ShapeOf(layer).Area > 0);
            return;
        }

        OptionsException error = Assert.Throws<OptionsException>(
            () => new EncoderGeometry(network, height, width, [layer], needsGradient: true));
        Assert.Contains($"{width} x {height}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{layer}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("larger picture", error.Message, StringComparison.Ordinal);
    }

    private static void AssertAgrees(WeightTensor expected, GuardedMap features)
    {
        Shape shape = features.Shape;
        Assert.Equal([shape.Channels, shape.Height, shape.Width], expected.Shape);
        int area = (int)shape.Area;
        Numbers.AssertClose(
            [.. Enumerable.Range(0, (int)shape.Count).Select(i =>
                (double)expected.Values[(i % shape.Channels * area) + (i / shape.Channels)])],
            features.Values, 1e-4);
    }
}
