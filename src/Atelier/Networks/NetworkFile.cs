using System.Globalization;
using Atelier.Diagnostics;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Finds a network's weights and reads out of them what they are.</summary>
internal static class NetworkFile
{
    private const string EmbeddedName = "compact";
    private const int MostConvolutionsOfBlock = 16;

    // Engines keep maps of up to four channels in a layout of their own: they are pictures.
    private const int FewestChannels = 5;

    /// <summary>Opens the embedded network or a file.</summary>
    internal static (WeightStore Store, string Name) Open(string nameOrPath)
    {
        if (nameOrPath == EmbeddedName)
        {
            using Stream stream = typeof(NetworkFile).Assembly.GetManifestResourceStream("compact-vgg.safetensors")
                ?? throw new InvalidOperationException("The embedded network is missing from the assembly.");
            return (SafetensorsReader.Read(stream), EmbeddedName);
        }

        if (!File.Exists(nameOrPath))
        {
            string known = string.Join(", ", NetworkDefinition.Known.Select(network => network.Name));
            throw NetworkDefinition.Known.Any(network => network.Name == nameOrPath)
                ? new AtelierException(
                    $"the weights of '{nameOrPath}' are not part of Atelier; give the path of a safetensors file " +
                    "with them (keys conv1_1.weight, conv1_1.bias, …), or use the embedded 'compact'.")
                : new AtelierException(
                    $"there is no network or file '{nameOrPath}'" + NearestName.Suggestion(nameOrPath, [EmbeddedName]) +
                    $" Known networks: {known}; or give the path of a safetensors file.");
        }

        return (SafetensorsReader.Read(nameOrPath), nameOrPath);
    }

    /// <summary>Counts the convolutions of each block by their keys.</summary>
    internal static NetworkDefinition DefinitionOf(WeightStore store, string name)
    {
        List<int> blocks = [];
        for (int block = 1; block <= 5; block++)
        {
            int convolutions = 0;
            while (convolutions < MostConvolutionsOfBlock
                && store.Tensors.ContainsKey($"conv{block}_{convolutions + 1}.weight"))
                convolutions++;
            if (convolutions == 0)
            {
                break;
            }

            blocks.Add(convolutions);
        }

        return blocks.Count > 0
            ? new NetworkDefinition(name, [.. blocks])
            : throw new WeightFormatException(
                $"{name}: holds no tensor 'conv1_1.weight', so it is not a VGG network with VGG's layer names" +
                (store.Tensors.IsEmpty ? "." : $" (its first tensor is '{store.Tensors.Keys.First()}')."));
    }

    /// <summary>The weights of the convolution before a ReLU, of the shapes that they must have.</summary>
    internal static (WeightTensor Weight, WeightTensor Bias) ConvolutionOf(
        WeightStore store, string name, string reluName, int inputs)
    {
        string convolution = NetworkDefinition.ConvolutionName(reluName);
        WeightTensor weight = Find(store, name, $"{convolution}.weight");
        WeightTensor bias = Find(store, name, $"{convolution}.bias");
        if (weight.Shape is not [>= FewestChannels, int weightInputs, 3, 3] || weightInputs != inputs)
        {
            throw WrongShape(name, $"{convolution}.weight", weight, $"[{FewestChannels} or more, {inputs}, 3, 3]");
        }

        if (bias.Shape is not [int outputs] || outputs != weight.Shape[0])
        {
            throw WrongShape(name, $"{convolution}.bias", bias, $"[{weight.Shape[0]}]");
        }

        foreach (WeightTensor tensor in (WeightTensor[])[weight, bias])
        {
            if (!tensor.Values.All(float.IsFinite))
            {
                throw new WeightFormatException($"{name}: '{convolution}' holds values that are not finite numbers.");
            }
        }

        return (weight, bias);
    }

    /// <summary>Mean and deviation of the input from the metadata; ImageNet's where it says nothing.</summary>
    internal static (float[] Mean, float[] Std) NormalizationOf(WeightStore store, string name)
        => (Triple(store, name, "mean", [0.485f, 0.456f, 0.406f]),
            Triple(store, name, "std", [0.229f, 0.224f, 0.225f]));

    private static float[] Triple(WeightStore store, string name, string key, float[] otherwise)
    {
        if (!store.Metadata.TryGetValue(key, out string? text))
        {
            return otherwise;
        }

        float[] values = [.. text.Trim('[', ']', ' ').Split(',').Select(part =>
            float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                ? value
                : float.NaN)];
        return values.Length == 3 && values.All(float.IsFinite) && (key != "std" || values.All(value => value > 0))
            ? values
            : throw new WeightFormatException(
                $"{name}: metadata '{key}' is '{text}'; three numbers as in [0.485, 0.456, 0.406] were expected.");
    }

    private static WeightTensor Find(WeightStore store, string name, string key)
        => store.Tensors.TryGetValue(key, out WeightTensor? tensor)
            ? tensor
            : throw new WeightFormatException($"{name}: tensor '{key}' is missing.");

    private static WeightFormatException WrongShape(string name, string key, WeightTensor tensor, string expected)
        => new($"{name}: tensor '{key}' has shape [{string.Join(", ", tensor.Shape)}], but {expected} was expected. " +
            "The file probably belongs to another kind of network.");
}
