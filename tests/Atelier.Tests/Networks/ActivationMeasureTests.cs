using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Networks;
using Atelier.Testing;
using Atelier.Weights;

namespace Atelier.Tests.Networks;

/// <summary>Networks whose activations are divided by their mean.</summary>
public sealed class ActivationMeasureTests : IDisposable
{
    // As far apart as those of the published networks, and farther.
    private static readonly double[] Factors = [255, 40, 300, 0.02, 7, 1, 90, 3, 0.5, 1000, 12, 5, 0.1];

    private readonly IEngine _engine = CpuEngine.Create();

    public void Dispose() => _engine.Dispose();

    // It was trained to have a mean activation of 1 over photographs and paintings; single pictures are within a third.
    [Fact]
    public void MeanActivations_OfTheEmbeddedNetwork_AreThoseOfPhotographs()
    {
        using Network network = Network.Load("compact", Pooling.Max, _engine);
        ImmutableArray<(string Layer, double Mean)> means =
            network.MeanActivations(network.Definition.LayerNames.Length);
        Assert.Equal(network.Definition.ReluNames, means.Select(mean => mean.Layer));
        Assert.All(means, mean => Assert.True(mean.Mean is > 0.75 and < 1.33, $"{mean.Layer} {mean.Mean}"));
    }

    [Fact]
    public void Forward_NormalizedNetworks_DoNotDifferByTheScaleOfTheirLayers()
    {
        PlanarPicture picture = PlanarPicture.From(Numbers.Picture(1, 51, 38));
        using Network compact = Bind(Scaled([.. Factors.Select(_ => 1.0)]), normalizeActivations: true);
        using Network scaled = Bind(Scaled(Factors), normalizeActivations: true);
        using Network original = Bind(Scaled(Factors), normalizeActivations: false);
        ImmutableArray<(string Layer, double Mean)> means =
            compact.MeanActivations(compact.Definition.LayerNames.Length);
        foreach ((string layer, int depth) in compact.Definition.ReluNames.Select((layer, depth) => (layer, depth)))
        {
            float[] expected = Features(compact, layer, picture), actual = Features(scaled, layer, picture);
            float largest = expected.Max();
            Assert.True(largest > 0);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * largest));
            float[] raw = Features(original, layer, picture);
            double mean = Factors[depth] * means[depth].Mean;
            Assert.Equal(mean * expected.Average(), raw.Average(), 1e-4 * raw.Average());
        }
    }

    [Fact]
    public void Sha256_SaysWhatElseMakesTheFeatures()
    {
        WeightStore store = Scaled(Factors);
        using Network original = Bind(store, normalizeActivations: false);
        using Network normalized = Bind(store, normalizeActivations: true);
        using Network replicating = Network.Bind(
            Fixture.FileOf(store), "test", Pooling.Max, _engine, padding: Padding.Replicate);
        Assert.Equal(3, ((string[])[original.Sha256, normalized.Sha256, replicating.Sha256]).Distinct().Count());
    }

    private float[] Features(Network network, string layer, PlanarPicture picture)
    {
        EncoderGeometry geometry = new(network, picture.Height, picture.Width, [layer], needsGradient: false);
        using Encoder encoder = new(_engine, network, geometry, EncoderLayout.Whole);
        using Tensor x = _engine.CreateTensor(picture.Values);
        (int height, int width, int channels) = geometry.ShapeOf(layer);
        float[] values = new float[height * width * channels];
        encoder.Forward(x, (_, map, rows) =>
        {
            for (int channel = 0; channel < channels; channel++)
                _engine.Read(map, channel, rows, values.AsSpan(channel * height * width, height * width));
        });
        return values;
    }

    private Network Bind(WeightStore store, bool normalizeActivations)
        => Network.Bind(
            Fixture.FileOf(store), "test", Pooling.Max, _engine, normalizeActivations: normalizeActivations);

    /// <summary>The embedded network with the output of each ReLU times a factor.</summary>
    private static WeightStore Scaled(double[] factors)
    {
        (INetworkWeights file, string name) = NetworkFile.Open("compact");
        using (file)
        {
            Dictionary<string, WeightTensor> tensors = [];
            double before = 1;
            foreach ((string relu, int depth) in NetworkDefinition.Compact.ReluNames.Select((relu, i) => (relu, i)))
            {
                string convolution = NetworkDefinition.ConvolutionName(relu);
                ImmutableArray<int> shape =
                    [.. file.Tensors.First(tensor => tensor.Name == $"{convolution}.weight").Shape];
                (float[] weights, float[] bias) = NetworkFile.ConvolutionOf(file, name, relu);
                double factor = factors[depth];
                tensors[$"{convolution}.weight"] =
                    new(shape, Array.ConvertAll(weights, weight => (float)(weight * factor / before)));
                tensors[$"{convolution}.bias"] =
                    new([bias.Length], Array.ConvertAll(bias, value => (float)(value * factor)));
                before = factor;
            }

            return new WeightStore
            {
                Tensors = tensors.ToImmutableSortedDictionary(StringComparer.Ordinal),
                Metadata = file.Metadata,
            };
        }
    }
}
