using System.Collections.Immutable;
using Atelier.Weights;

namespace Atelier.Networks;

/// <summary>A weight file of any format, presented in Atelier's own form of a VGG: conv1_1.weight [outputs, inputs, 3,
/// 3], conv1_1.bias, …, for red, green and blue in [0, 1].</summary>
internal sealed class VggImport : INetworkWeights
{
    private readonly IWeightArchive _archive;
    private readonly string _path;
    private readonly Dictionary<string, Func<float[]>> _readers = new(StringComparer.Ordinal);

    private VggImport(IWeightArchive archive, string path, InputConvention? input)
    {
        (_archive, _path) = (archive, path);
        Mapping = VggMapping.Create(archive.Tensors, archive.Unread.AsSpan());
        Input = InputRecognition.Detect(archive, path, Mapping, input);
        NetworkDefinition definition = new(
            NetworkDefinition.Known.FirstOrDefault(known =>
                known.ConvolutionsPerBlock.SequenceEqual(Mapping.ConvolutionsPerBlock))?.Name ?? "vgg",
            Mapping.ConvolutionsPerBlock);
        Definition = definition;
        List<ArchivedTensor> tensors = [];
        foreach ((string relu, VggConvolution convolution) in definition.ReluNames.Zip(Mapping.Convolutions))
        {
            string name = NetworkDefinition.ConvolutionName(relu);
            ArchivedTensor weights = new($"{name}.weight", [convolution.Outputs, convolution.Inputs, 3, 3]);
            ArchivedTensor bias = new($"{name}.bias", [convolution.Outputs]);
            bool swaps = tensors.Count == 0 && Input.IsBgr;
            _readers.Add(weights.Name, () => Exchange(convolution.ReadWeights(archive), swaps));
            _readers.Add(bias.Name, () => archive.Read(convolution.Bias));
            tensors.AddRange([weights, bias]);
        }

        Tensors = [.. tensors];
        Metadata = new Dictionary<string, string>
        {
            ["format"] = "atelier-network",
            ["network"] = definition.Name,
            ["version"] = "1",
            ["mean"] = InputConvention.Text(Input.Mean),
            ["std"] = InputConvention.Text(Input.Std),
            ["input"] = "RGB [0,1]",
            ["trained"] = Input.Name,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    internal VggMapping Mapping { get; }

    internal InputConvention Input { get; }

    internal NetworkDefinition Definition { get; }

    public ImmutableArray<ArchivedTensor> Tensors { get; }

    public ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>SHA-256 of the original file, which identifies the network as well as a hash of its copy
    /// would.</summary>
    public string Sha256 => InputRecognition.Sha256Of(_path);

    /// <summary>Finds a VGG in an open file, of which it takes ownership.</summary>
    /// <param name="archive">The file.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="input">Its input convention; null to detect it.</param>
    /// <exception cref="WeightFormatException">The file contains no VGG, or is ambiguous.</exception>
    internal static VggImport Open(IWeightArchive archive, string path, InputConvention? input)
    {
        try
        {
            return new VggImport(archive, path, input);
        }
        catch (WeightFormatException error)
        {
            archive.Dispose();
            throw new WeightFormatException($"{path}: {error.Message}", error);
        }
    }

    public float[] Read(ArchivedTensor tensor)
    {
        try
        {
            return _readers[tensor.Name]();
        }
        catch (WeightFormatException error)
        {
            throw new WeightFormatException($"{_path}: {error.Message}", error);
        }
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>Swaps the first and last of three inputs, which converts BGR to RGB.</summary>
    private static float[] Exchange(float[] weights, bool swaps)
    {
        const int Area = 9;
        for (int filter = 0; swaps && filter < weights.Length; filter += 3 * Area)
        {
            for (int tap = filter; tap < filter + Area; tap++)
                (weights[tap], weights[tap + (2 * Area)]) = (weights[tap + (2 * Area)], weights[tap]);
        }

        return weights;
    }
}
