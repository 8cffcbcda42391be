using Atelier.Primitives;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Finds out what the first convolution of a foreign network sees: by a conversion that the file holds itself,
/// by the first weights of the networks that everybody has, by the file's hash, or by the names of its tensors. What
/// stays unclear is asked for.</summary>
internal static class InputRecognition
{
    private const float Tolerance = 1e-3f;

    // The first weight of the first filter, for each of its three inputs or three columns, as published prints of
    // these networks show them. Half precision keeps three digits.
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

    // The beginning of a file's SHA-256 is part of its name where these are published.
    private static readonly Dictionary<string, InputConvention> ByHash = new(StringComparer.Ordinal)
    {
        ["d01eb7cb"] = InputConvention.Bgr255Caffe,
        ["00b39a1b"] = InputConvention.Bgr255Caffe,
        ["dcbb9e9d"] = InputConvention.Rgb01ImageNet,
        ["397923af"] = InputConvention.Rgb01ImageNet,
    };

    /// <summary>The convention, or <paramref name="given"/> where one was given.</summary>
    /// <exception cref="WeightFormatException">It stays unclear, or contradicts what was given.</exception>
    internal static InputConvention Of(
        IWeightArchive archive, string path, VggMapping mapping, InputConvention? given)
    {
        if (mapping.InputTensors is [ArchivedTensor weights, ArchivedTensor bias])
        {
            return given is null
                ? OfConversion(archive.Read(weights), archive.Read(bias), weights.Shape[0] == 3)
                : throw new WeightFormatException("converts its input itself; leave the input to be recognized.");
        }

        VggConvolution first = mapping.Convolutions[0];
        return given ?? OfValues(first.ReadWeights(archive)) ?? OfNames(archive, path, mapping);
    }

    internal static string Sha256Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Sha256.HexOf(stream);
    }

    private static InputConvention? OfValues(float[] weights)
    {
        float[] columns = [weights[0], weights[1], weights[2]], inputs = [weights[0], weights[9], weights[18]];
        return ByColumns.FirstOrDefault(known => AreNear(known.Columns, columns)).Input
            ?? ByInputs.FirstOrDefault(known => AreNear(known.Inputs, inputs)).Input;
    }

    private static bool AreNear(float[] known, float[] values)
        => known.Zip(values).All(pair => Math.Abs(pair.First - pair.Second) < Tolerance);

    private static InputConvention OfNames(IWeightArchive archive, string path, VggMapping mapping)
    {
        string name = mapping.Convolutions[0].Weights.Name;
        if (name.Contains("block1_conv1", StringComparison.OrdinalIgnoreCase))
        {
            return InputConvention.Bgr255Caffe;
        }

        // MatConvNet keeps the mean picture beside its layers.
        if (archive.Tensors.Any(tensor => tensor.Name.EndsWith("averageImage", StringComparison.Ordinal)))
        {
            return InputConvention.Rgb255Caffe;
        }

        // The layers and widths of the published networks, but not the values of torchvision's: Caffe's were converted
        // to the same names.
        bool isPublished = mapping.Convolutions[0].Outputs == 64;
        if (name.Contains("features.", StringComparison.Ordinal) && !isPublished)
        {
            return InputConvention.Rgb01ImageNet;
        }

        return ByHash.GetValueOrDefault(Sha256Of(path)[..8]) ?? throw new WeightFormatException(
            "it is not clear what the network sees: red, green and blue in [0, 1] as torchvision's, or blue, green, " +
            "red in 0 to 255 as Caffe's. Import it with 'atelier weights import --input rgb01-imagenet' or " +
            "'--input bgr255-caffe' and use the result.");
    }

    /// <summary>A 1×1 convolution that scales each channel and subtracts a mean, the channels in order or reversed.
    /// </summary>
    private static InputConvention OfConversion(float[] weights, float[] bias, bool outputsFirst)
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
                    "own", blueFirst,
                    [.. outputOf.Select((output, color) => -bias[output] / Weight(output, color))],
                    [.. outputOf.Select((output, color) => 1 / Weight(output, color))]);
            }
        }

        throw new WeightFormatException(
            "its first, 1×1 convolution mixes the colors, which is not read; only scale, mean and order are.");
    }
}
