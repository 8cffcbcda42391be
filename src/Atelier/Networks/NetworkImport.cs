using System.Collections.Immutable;
using Atelier.Primitives;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>Reads VGG networks out of the weight files that people have, and keeps them as Atelier does.</summary>
/// <remarks>Nothing that a file says is executed, and no more of it is read than the convolutions, one at a time.
/// </remarks>
public static class NetworkImport
{
    /// <summary>Tells what a file holds, and which network is recognized in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">What its first convolution sees; null where that is to be recognized.</param>
    /// <exception cref="WeightFormatException">The file is damaged or of no kind that is read; the message names it.
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
                return contents with { Network = Summary(VggImport.Of(archive, path, input), []) };
            }
            catch (WeightFormatException error)
            {
                return contents with { Problem = error.Message };
            }
        }
    }

    /// <summary>Writes the convolutions of a file as a safetensors file for <see cref="Network.Load"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">The file to write; appears whole or not at all.</param>
    /// <param name="input">What its first convolution sees; null where that is to be recognized.</param>
    /// <param name="half">Whether to keep 16 bits of each weight instead of 32.</param>
    /// <returns>What was recognized.</returns>
    /// <exception cref="WeightFormatException">The file is damaged, holds no VGG or one with weights that are not
    /// finite, or is not clear; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static ImportedNetwork Import(
        string path, string output, InputConvention? input = null, bool half = false)
    {
        using VggImport network = VggImport.Of(WeightArchive.Open(path).Archive, path, input);
        List<string> warnings = [];
        WeightType type = half ? WeightType.F16 : WeightType.F32;
        AtomicFile.Write(output, stream => SafetensorsWriter.Write(stream, network.Metadata,
            [.. network.Tensors.Select(tensor => new TensorSource(
                tensor.Name, tensor.Shape, () => ReadChecked(network, path, tensor, half, warnings), type))]));
        return Summary(network, warnings);
    }

    /// <summary>Reads every weight of a network once, to see that it can be used.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What was recognized, and what looks wrong in it.</returns>
    /// <exception cref="WeightFormatException">The file is damaged, holds no VGG or one with weights that are not
    /// finite; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedNetwork Verify(string path)
    {
        using VggImport network = VggImport.Of(WeightArchive.Open(path).Archive, path, input: null);
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
                ? $"{path}: '{tensor.Name}' holds {values[wrong]}, which 16 bits cannot; import it without half."
                : $"{path}: filter {filter} of '{tensor.Name}' holds a value that is not a finite number.");
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

/// <summary>What a weight file holds.</summary>
/// <param name="Format">Its format, as a person would call it.</param>
/// <param name="Tensors">The tensors of floating point numbers, in the order of the file.</param>
/// <param name="Network">The network that was recognized; null where there is none.</param>
/// <param name="Problem">Why none was recognized; null where one was.</param>
public sealed record WeightFileContents(
    string Format, ImmutableArray<NamedShape> Tensors, ImportedNetwork? Network, string? Problem);

/// <summary>A tensor of a weight file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Lengths of its axes, slowest first.</param>
public sealed record NamedShape(string Name, ImmutableArray<int> Shape);

/// <summary>A network that was recognized in a weight file.</summary>
/// <param name="Definition">Its layers.</param>
/// <param name="Widths">Outputs of each convolution, from the picture downward.</param>
/// <param name="Input">What its first convolution sees.</param>
/// <param name="Sources">Names of the tensors that its convolutions' weights were taken from.</param>
/// <param name="Warnings">What looks wrong in it, a sentence each.</param>
public sealed record ImportedNetwork(
    NetworkDefinition Definition, ImmutableArray<int> Widths, InputConvention Input, ImmutableArray<string> Sources,
    ImmutableArray<string> Warnings);
