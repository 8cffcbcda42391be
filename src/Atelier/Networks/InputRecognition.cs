using Atelier.Primitives;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Detects the input convention of an imported network: from the metadata of an earlier import or a conversion
/// stored in the file itself, from the first weights of well-known networks, from the hash of the file, or from the
/// names of its tensors. If it remains unclear, the user must specify it.</summary>
internal static class InputRecognition
{
    private const float Tolerance = 1e-3f;

    // The first weight of the first filter, for each of its three inputs or three columns, as printed in publications
    // of these networks. Half precision preserves three digits.
    private static readonly (float[] Columns, InputConvention Input)[] ByColumns =
    [
        ([-0.0535f, -0.0493f, -0.0679f], InputConvention.Rgb01ImageNet),  // torchvision's VGG-19
        ([-0.5537f, 0.1427f, 0.5290f], InputConvention.Rgb01ImageNet),    // torchvision's VGG-16
    ];

    private static readonly (float[] Inputs, InputConvention Input)[] ByInputs =
    [
        ([0.4295f, 0.5504f, 0.4800f], InputConvention.Bgr255Caffe),       // Caffe's VGG-16
        ([0.4800f, 0.5504f, 0.4295f], InputConvention.Rgb255Caffe),       // the same with its channels exchanged
    ];

    // The publishers include the first digits of a file's SHA-256 in its name; of torchvision's, all are known.
    private static readonly (string Hash, InputConvention Input)[] ByHash =
    [
        ("d01eb7cb", InputConvention.Bgr255Caffe),
        ("00b39a1b", InputConvention.Bgr255Caffe),
        ("dcbb9e9dad569fff7a846263a77324fc34978fea2bfb039c012d710e1776ae44", InputConvention.Rgb01ImageNet),
        ("397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0", InputConvention.Rgb01ImageNet),
    ];

    /// <summary>Returns the detected convention, or <paramref name="given"/> if it is not null.</summary>
    /// <exception cref="WeightFormatException">The convention is unclear, or contradicts
    /// <paramref name="given"/>.</exception>
    internal static InputConvention Detect(
        IWeightArchive archive, string path, VggMapping mapping, InputConvention? given)
    {
        if (mapping.InputTensors is [ArchivedTensor weights, ArchivedTensor bias])
        {
            return given is null
                ? FromConversion(archive.Read(weights), archive.Read(bias), weights.Shape[0] == 3)
                : throw new WeightFormatException("contains its own input conversion; do not specify an input " +
                    "convention.");
        }

        if (NetworkFile.OwnOf(archive) is INetworkWeights own && FromMetadata(own) is InputConvention stated)
        {
            return given is null ? stated : throw new WeightFormatException(
                $"its metadata states its input convention ({stated.Name}); do not specify one.");
        }

        VggConvolution first = mapping.Convolutions[0];
        return given ?? FromValues(first.ReadWeights(archive)) ?? FromNames(archive, path, mapping);
    }

    internal static string Sha256Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Sha256.HexOf(stream);
    }

    /// <summary>The convention that an import has written. The channels are in the order of the picture
    /// already.</summary>
    private static InputConvention? FromMetadata(INetworkWeights file)
    {
        if (!file.Metadata.ContainsKey("mean") || !file.Metadata.ContainsKey("std"))
        {
            return null;
        }

        (float[] mean, float[] std) = NetworkFile.NormalizationOf(file, "safetensors");
        string? trained = file.Metadata.GetValueOrDefault("trained");
        return new InputConvention(NameOf(trained, mean), IsBgr: false, [.. mean], [.. std]);
    }

    private static string NameOf(string? trained, float[] mean)
        => InputConvention.Known.FirstOrDefault(known => known.Name == trained)?.Name
            ?? InputConvention.Known.FirstOrDefault(known => !known.IsBgr && known.Mean.SequenceEqual(mean))?.Name
            ?? InputConvention.OwnName;

    private static InputConvention? FromValues(float[] weights)
    {
        float[] columns = [weights[0], weights[1], weights[2]], inputs = [weights[0], weights[9], weights[18]];
        return ByColumns.FirstOrDefault(known => AreNear(known.Columns, columns)).Input
            ?? ByInputs.FirstOrDefault(known => AreNear(known.Inputs, inputs)).Input;
    }

    private static bool AreNear(float[] known, float[] values)
        => known.Zip(values).All(pair => Math.Abs(pair.First - pair.Second) < Tolerance);

    private static InputConvention FromNames(IWeightArchive archive, string path, VggMapping mapping)
    {
        string name = mapping.Convolutions[0].Weights.Name;
        if (name.Contains("block1_conv1", StringComparison.OrdinalIgnoreCase))
        {
            return InputConvention.Bgr255Caffe;
        }

        // MatConvNet stores the mean picture next to its layers.
        if (archive.Tensors.Any(tensor => tensor.Name.EndsWith("averageImage", StringComparison.Ordinal)))
        {
            return InputConvention.Rgb255Caffe;
        }

        // The published layers and widths, but not torchvision's values: Caffe's weights were also converted to these
        // names.
        bool isPublished = mapping.Convolutions[0].Outputs == 64;
        if (name.Contains("features.", StringComparison.Ordinal) && !isPublished)
        {
            return InputConvention.Rgb01ImageNet;
        }

        string hash = Sha256Of(path);
        return ByHash.FirstOrDefault(known => hash.StartsWith(known.Hash, StringComparison.Ordinal)).Input
            ?? throw new WeightFormatException(
            "the input convention of the network is unclear: RGB in [0, 1] as in torchvision, or BGR in 0 to 255 " +
            "as in Caffe. Import it with the input convention rgb01-imagenet or bgr255-caffe, " +
            "and use the imported file.");
    }

    /// <summary>A 1×1 convolution that scales each channel and subtracts a mean, the channels in order or reversed.
    /// </summary>
    private static InputConvention FromConversion(float[] weights, float[] bias, bool outputsFirst)
    {
        float Weight(int output, int input)
            => weights[outputsFirst ? (3 * output) + input : (3 * input) + output];
        foreach (bool blueFirst in (bool[])[false, true])
        {
            int Input(int output) => blueFirst ? 2 - output : output;
            bool fits = Enumerable.Range(0, 3).All(output => Enumerable.Range(0, 3).All(input =>
                input == Input(output) ? Weight(output, input) > 0 : Weight(output, input) == 0));
            if (fits)
            {
                int[] outputOf = [Input(0), Input(1), Input(2)];
                return new InputConvention(
                    InputConvention.OwnName, blueFirst,
                    [.. outputOf.Select((output, color) => -bias[output] / Weight(output, color))],
                    [.. outputOf.Select((output, color) => 1 / Weight(output, color))]);
            }
        }

        throw new WeightFormatException(
            "its first (1×1) convolution mixes the color channels, which is not supported; only scale, mean and " +
            "channel order are.");
    }
}
