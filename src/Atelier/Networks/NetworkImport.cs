using System.Collections.Immutable;
using Atelier.Primitives;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Imports VGG networks from weight files of other programs.</summary>
/// <remarks>Nothing in a file is executed, and only the convolutions are read, one at a time. </remarks>
public static class NetworkImport
{
    /// <summary>Describes the contents of a weight file and the network recognized in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">Its input convention; null to detect it.</param>
    /// <exception cref="WeightFormatException">The file is damaged or has an unsupported format; the message names it.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WeightFileContents Describe(string path, InputConvention? input = null)
    {
        (IWeightArchive archive, WeightFormat format) = WeightArchive.Open(path);
        using (archive)
        {
            WeightFileContents contents = new(
                NameOf(format), [.. archive.Tensors.Select(tensor => new NamedShape(tensor.Name, tensor.Shape))], null,
                null);
            try
            {
                return contents with { Network = Summary(VggImport.Open(archive, path, input), []) };
            }
            catch (WeightFormatException error)
            {
                return contents with { Problem = error.Message };
            }
        }
    }

    /// <summary>Converts the convolutions of a weight file to a safetensors file for
    /// <see cref="Network.Load"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">The file to write; written atomically.</param>
    /// <param name="input">Its input convention; null to detect it.</param>
    /// <param name="half">Whether to store weights in 16 bits instead of 32.</param>
    /// <returns>The recognized network.</returns>
    /// <exception cref="WeightFormatException">The file is damaged, contains no VGG, contains non-finite weights, or is
    /// ambiguous; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static ImportedNetwork Import(
        string path, string output, InputConvention? input = null, bool half = false)
    {
        using VggImport network = VggImport.Open(WeightArchive.Open(path).Archive, path, input);
        List<string> warnings = [];
        WeightType type = half ? WeightType.F16 : WeightType.F32;
        AtomicFile.Write(output, stream => SafetensorsWriter.Write(stream, network.Metadata,
            [.. network.Tensors.Select(tensor => new TensorSource(
                tensor.Name, tensor.Shape, () => ReadChecked(network, path, tensor, half, warnings), type))]));
        return Summary(network, warnings);
    }

    /// <summary>Reads every weight of a network once to check that it is usable.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The recognized network, with warnings about what looks wrong.</returns>
    /// <exception cref="WeightFormatException">The file is damaged, contains no VGG, or contains non-finite weights;
    /// the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedNetwork Verify(string path)
    {
        using VggImport network = VggImport.Open(WeightArchive.Open(path).Archive, path, input: null);
        List<string> warnings = [];
        foreach (ArchivedTensor tensor in network.Tensors)
            ReadChecked(network, path, tensor, half: false, warnings);
        return Summary(network, warnings);
    }

    private static float[] ReadChecked(
        VggImport network, string path, ArchivedTensor tensor, bool half, List<string> warnings)
    {
        float[] values = network.Read(tensor);
        RequireRange(path, tensor, values, half);
        if (tensor.Shape.Length > 1)
        {
            warnings.AddRange(ZeroFilters(tensor, values));
        }

        return values;
    }

    private static ImportedNetwork Summary(VggImport network, IEnumerable<string> warnings) => new(
        network.Definition, [.. network.Mapping.Convolutions.Select(convolution => convolution.Outputs)],
        network.Input, [.. network.Mapping.Convolutions.Select(convolution => convolution.Weights.Name)],
        [.. warnings]);

    private static void RequireRange(string path, ArchivedTensor tensor, float[] values, bool half)
    {
        float most = half ? (float)Half.MaxValue : float.MaxValue;
        int wrong = Array.FindIndex(values, value => !(Math.Abs(value) <= most));
        if (wrong >= 0)
        {
            int filter = wrong / (values.Length / tensor.Shape[0]);
            throw new WeightFormatException(float.IsFinite(values[wrong])
                ? $"{path}: '{tensor.Name}' contains {values[wrong]}, which cannot be stored in 16 bits; import it " +
                    "without half."
                : $"{path}: filter {filter} of '{tensor.Name}' contains a value that is not finite.");
        }
    }

    private static IEnumerable<string> ZeroFilters(ArchivedTensor tensor, float[] values)
    {
        int length = values.Length / tensor.Shape[0];
        int[] zero = [.. Enumerable.Range(0, tensor.Shape[0]).Where(filter =>
            !values.AsSpan(filter * length, length).ContainsAnyExcept(0f))];
        return zero.Length == 0
            ? []
            : [$"all weights of filter {string.Join(", ", zero)} of '{tensor.Name}' are 0."];
    }

    private static string NameOf(WeightFormat format) => format switch
    {
        WeightFormat.Safetensors => "safetensors",
        WeightFormat.TorchZip => "PyTorch",
        WeightFormat.TorchLegacy => "PyTorch before 1.6",
        WeightFormat.NumpyArray => "NumPy array",
        WeightFormat.NumpyZip => "NumPy arrays in a zip",
        WeightFormat.NumpyPickle => "pickled NumPy arrays",
        WeightFormat.Onnx => "ONNX",
        WeightFormat.Hdf5 => "HDF5",
        _ => "MATLAB",
    };
}

/// <summary>The contents of a weight file.</summary>
/// <param name="Format">Display name of its format.</param>
/// <param name="Tensors">The floating-point tensors, in file order.</param>
/// <param name="Network">The recognized network; null if there is none.</param>
/// <param name="Problem">Why no network was recognized; null if one was.</param>
public sealed record WeightFileContents(
    string Format, ImmutableArray<NamedShape> Tensors, ImportedNetwork? Network, string? Problem);

/// <summary>A tensor of a weight file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions, outermost first.</param>
public sealed record NamedShape(string Name, ImmutableArray<int> Shape);

/// <summary>A network recognized in a weight file.</summary>
/// <param name="Definition">Its layers.</param>
/// <param name="Widths">Output channels of each convolution, shallow to deep.</param>
/// <param name="Input">Its input convention.</param>
/// <param name="Sources">Names of the tensors that contain its convolutions' weights.</param>
/// <param name="Warnings">Warnings about what looks wrong, one sentence each.</param>
public sealed record ImportedNetwork(
    NetworkDefinition Definition, ImmutableArray<int> Widths, InputConvention Input, ImmutableArray<string> Sources,
    ImmutableArray<string> Warnings);
