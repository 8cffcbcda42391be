using System.Globalization;
using System.Runtime.InteropServices;
using Atelier.Primitives;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Locates a network's weights and determines its layers from them.</summary>
internal static class NetworkFile
{
    private const string EmbeddedName = "compact";
    private const int MaxConvolutionsOfBlock = 16;

    // Engines store maps of up to four channels in a special layout for pictures.
    private const int MinChannels = 5;

    /// <summary>Opens the embedded network or a file.</summary>
    internal static (INetworkWeights File, string Name) Open(string nameOrPath)
    {
        if (nameOrPath == EmbeddedName)
        {
            Stream stream = typeof(NetworkFile).Assembly.GetManifestResourceStream("compact-vgg.safetensors")
                ?? throw new InvalidOperationException("The embedded network is missing from the assembly.");
            return (new SafetensorsFile(stream), EmbeddedName);
        }

        if (!File.Exists(nameOrPath))
        {
            string known = string.Join(", ", NetworkDefinition.Known.Select(network => network.Name));
            throw NetworkDefinition.Known.Any(network => network.Name == nameOrPath)
                ? new AtelierException(
                    $"the weights of '{nameOrPath}' are not part of Atelier; give the path of a weight file " +
                    "(safetensors, PyTorch, NumPy, ONNX, Keras or MatConvNet), or use the embedded network " +
                    "'compact'.")
                : new AtelierException(
                    $"there is no network or file '{nameOrPath}'" + NearestName.Suggestion(nameOrPath, [EmbeddedName]) +
                    $" Known networks: {known}; or give the path of a weight file.");
        }

        IWeightArchive archive = WeightArchive.Open(nameOrPath).Archive;
        return OwnOf(archive) is INetworkWeights own
            ? (own, nameOrPath)
            : (VggImport.Open(archive, nameOrPath, input: null), nameOrPath);
    }

    /// <summary>Returns a file with Atelier's own names of layers; null for any other.</summary>
    internal static INetworkWeights? OwnOf(IWeightArchive archive)
        => archive is SafetensorsFile own && Contains(own, "conv1_1.weight") ? own : null;

    /// <summary>Counts the convolutions of each block by their keys.</summary>
    internal static NetworkDefinition DefinitionOf(INetworkWeights file, string name)
    {
        List<int> blocks = [];
        for (int block = 1; block <= 5; block++)
        {
            int convolutions = 0;
            while (convolutions < MaxConvolutionsOfBlock
                && Contains(file, $"conv{block}_{convolutions + 1}.weight"))
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
                $"{name}: contains no tensor 'conv1_1.weight', so it is not a VGG network with VGG's layer names" +
                (file.Tensors.IsEmpty ? "." : $" (its first tensor is '{file.Tensors[0].Name}')."));
    }

    /// <summary>Checks that all convolutions exist and have consistent shapes.</summary>
    internal static void CheckShapes(INetworkWeights file, string name, NetworkDefinition definition)
    {
        int inputs = 3;
        foreach (string convolution in definition.ReluNames.Select(NetworkDefinition.ConvolutionName))
        {
            ArchivedTensor weight = Find(file, name, $"{convolution}.weight");
            ArchivedTensor bias = Find(file, name, $"{convolution}.bias");
            if (weight.Shape is not [>= MinChannels, int weightInputs, 3, 3] || weightInputs != inputs)
            {
                throw WrongShape(name, weight, $"[{MinChannels} or more, {inputs}, 3, 3]");
            }

            if (bias.Shape is not [int outputs] || outputs != weight.Shape[0])
            {
                throw WrongShape(name, bias, $"[{weight.Shape[0]}]");
            }

            inputs = outputs;
        }
    }

    /// <summary>Reads the convolution before a ReLU.</summary>
    internal static (float[] Weights, float[] Bias) ConvolutionOf(INetworkWeights file, string name, string reluName)
    {
        string convolution = NetworkDefinition.ConvolutionName(reluName);
        float[] weights = file.Read(Find(file, name, $"{convolution}.weight"));
        float[] bias = file.Read(Find(file, name, $"{convolution}.bias"));
        return AreFinite(weights) && AreFinite(bias)
            ? (weights, bias)
            : throw new WeightFormatException($"{name}: '{convolution}' contains values that are not finite.");
    }

    /// <summary>Reads the mean and standard deviation of the input from the metadata; uses ImageNet's if
    /// absent.</summary>
    internal static (float[] Mean, float[] Std) NormalizationOf(INetworkWeights file, string name)
        => (Triple(file, name, "mean", [0.485f, 0.456f, 0.406f]),
            Triple(file, name, "std", [0.229f, 0.224f, 0.225f]));

    private static float[] Triple(INetworkWeights file, string name, string key, float[] otherwise)
    {
        if (!file.Metadata.TryGetValue(key, out string? text))
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
                $"{name}: metadata '{key}' is '{text}'; three numbers like [0.485, 0.456, 0.406] were expected.");
    }

    /// <summary>Whether all values are finite: infinities and NaNs have an exponent of all ones.</summary>
    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        return !bits.ContainsAnyInRange(0x7F800000u, 0x7FFFFFFFu)
            && !bits.ContainsAnyInRange(0xFF800000u, 0xFFFFFFFFu);
    }

    private static bool Contains(INetworkWeights file, string key) => file.Tensors.Any(tensor => tensor.Name == key);

    private static ArchivedTensor Find(INetworkWeights file, string name, string key)
        => file.Tensors.FirstOrDefault(tensor => tensor.Name == key)
            ?? throw new WeightFormatException($"{name}: tensor '{key}' is missing.");

    private static WeightFormatException WrongShape(string name, ArchivedTensor tensor, string expected)
        => new(
            $"{name}: tensor '{tensor.Name}' has shape [{string.Join(", ", tensor.Shape)}], but {expected} was " +
            "expected. The file probably belongs to a different kind of network.");
}
