using System.Collections.Immutable;
using Atelier.Networks;
using Atelier.Weights;

namespace Atelier.Benchmarks;

/// <summary>A convolution of a network at one picture size.</summary>
internal readonly record struct Convolution(string Name, int Inputs, int Outputs, int Height, int Width)
{
    /// <summary>Floating-point operations in one direction, counted as if done directly.</summary>
    internal double Operations => 2.0 * 9 * Inputs * Outputs * Height * Width;
}

/// <summary>A network to measure with: the embedded one, or VGG-19 up to relu5_1 with random weights, which take as
/// long as trained ones.</summary>
/// <param name="Name">Name of the network.</param>
/// <param name="ChannelsOfBlock">Channels of the convolutions of each block.</param>
internal sealed record BenchmarkNetwork(string Name, ImmutableArray<int> ChannelsOfBlock)
{
    internal static BenchmarkNetwork Compact { get; } =
        new(NetworkDefinition.Compact.Name, [16, 32, 64, 128, 128]);

    internal static BenchmarkNetwork Vgg19 { get; } =
        new(NetworkDefinition.Vgg19.Name, [64, 128, 256, 512, 512]);

    internal static ImmutableArray<BenchmarkNetwork> All { get; } = [Vgg19, Compact];

    /// <summary>Floating-point operations forward and backward.</summary>
    internal double Operations(int height, int width)
        => 2 * Convolutions(height, width).Sum(convolution => convolution.Operations);

    // Both networks have the same layers; they differ in their channels.
    internal IEnumerable<Convolution> Convolutions(int height, int width)
    {
        int inputs = 3;
        foreach (string layer in NetworkDefinition.Compact.LayerNames)
        {
            if (layer.StartsWith("pool", StringComparison.Ordinal))
            {
                (height, width) = (height / 2, width / 2);
                continue;
            }

            int outputs = ChannelsOfBlock[layer["relu".Length] - '1'];
            yield return new(NetworkDefinition.ConvolutionName(layer), inputs, outputs, height, width);
            inputs = outputs;
        }
    }

    /// <summary>Writes the weights to a safetensors file in a folder. Returns its path.</summary>
    internal string Save(string folder)
    {
        string path = Path.Combine(folder, $"{Name}.safetensors");
        SafetensorsWriter.Write(path, this == Compact ? EmbeddedWeights() : RandomWeights());
        return path;
    }

    private static WeightStore EmbeddedWeights()
    {
        using INetworkWeights file = NetworkFile.Open(Compact.Name).File;
        return new WeightStore
        {
            Tensors = file.Tensors.ToImmutableSortedDictionary(
                tensor => tensor.Name, tensor => new WeightTensor(tensor.Shape, file.Read(tensor))),
            Metadata = file.Metadata,
        };
    }

    // He et al. 2015: with this variance, features keep their size from layer to layer.
    private WeightStore RandomWeights()
    {
        Random random = new(1);
        Dictionary<string, WeightTensor> tensors = [];
        foreach (Convolution layer in Convolutions(1, 1))
        {
            float bound = MathF.Sqrt(6f / (9 * layer.Inputs));
            float[] Uniform(int count, float bound)
                => [.. Enumerable.Range(0, count).Select(_ => bound * ((2 * random.NextSingle()) - 1))];
            tensors[$"{layer.Name}.weight"] =
                new([layer.Outputs, layer.Inputs, 3, 3], Uniform(layer.Outputs * layer.Inputs * 9, bound));
            tensors[$"{layer.Name}.bias"] = new([layer.Outputs], Uniform(layer.Outputs, 0.1f));
        }

        return new WeightStore { Tensors = tensors.ToImmutableSortedDictionary() };
    }
}
