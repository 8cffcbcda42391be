using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Engine;
using Atelier.Engine.Statistics;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Weights;

namespace Atelier.Styles;

/// <summary>The format of a style file: safetensors, which holds for each size and layer the tensors
/// <c>512/relu1_1/mean</c> [C] and <c>512/relu1_1/moment</c> [C·(C + 1) ⁄ 2], the rows of the upper triangle, and for
/// layers of nearest-neighbor losses <c>512/relu2_1/sample</c> [N, C], of half-precision numbers. The colors are stored
/// as a layer of three channels. Everything else is JSON in the metadata, with a checksum.</summary>
/// <remarks>Moments are F32, because the Wasserstein distance subtracts moments and loses leading digits to
/// cancellation.</remarks>
internal static class StyleFile
{
    internal const int KnownVersion = 1;
    private const string HeaderKey = "atelier:style";
    private const string ColorLayer = "rgb";

    /// <exception cref="WeightFormatException">The file is damaged or not a style file.</exception>
    internal static StyleStatistics Read(SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue(HeaderKey, out string? json))
        {
            throw new WeightFormatException("not a style file; extract one from an artwork.");
        }

        StyleFileHeader header = ReadHeader(json);
        if (!SafetensorsChecksum.Fits(file))
        {
            throw Damaged("its checksum does not match its contents");
        }

        return new StyleStatistics(header, [.. header.Sizes.Select(size => new SizedStatistics(
            size.Pixels,
            ReadLayer(file, size, ColorLayer) is { Channels: 3 } color
                ? color
                : throw Damaged("its colors are not RGB"),
            header.Layers.ToImmutableSortedDictionary(
                layer => layer, layer => ReadLayer(file, size, layer), StringComparer.Ordinal),
            header.SampledLayers.ToImmutableSortedDictionary(
                layer => layer, layer => ReadSample(file, size, layer), StringComparer.Ordinal)))]);
    }

    internal static void Write(Stream stream, StyleStatistics style)
    {
        StyleFileHeader header = style.Header;
        string json = JsonSerializer.Serialize(header, StyleFileJson.Default.StyleFileHeader);
        List<TensorSource> tensors = [];
        foreach ((StyleFileSize size, SizedStatistics statistics) in header.Sizes.Zip(style.BySize))
        {
            AddLayer(tensors, size, ColorLayer, statistics.Color);
            foreach ((string layer, FeatureStatistics features) in statistics.Layers)
                AddLayer(tensors, size, layer, features);
            foreach ((string layer, FeatureSample sample) in statistics.Samples)
            {
                tensors.Add(new TensorSource(
                    NameOf(size, layer, "sample"), [sample.Count, sample.Channels], () => sample.Vectors,
                    WeightType.F16));
            }
        }

        SortedDictionary<string, string> metadata = new(StringComparer.Ordinal) { [HeaderKey] = json };
        metadata[SafetensorsChecksum.Key] = SafetensorsChecksum.Compute(metadata, tensors);
        SafetensorsWriter.Write(stream, metadata, tensors);
    }

    private static StyleFileHeader ReadHeader(string json)
    {
        StyleFileHeader? header;
        try
        {
            header = JsonSerializer.Deserialize(json, StyleFileJson.Default.StyleFileHeader);
        }
        catch (JsonException error)
        {
            throw new WeightFormatException(
                "the header of the style file is not JSON of its format; extract it again.", error);
        }

        if (header is not null && header.Version != KnownVersion)
        {
            throw new WeightFormatException(
                $"a style file of version {header.Version}, but this version of Atelier reads {KnownVersion}; " +
                "extract it again.");
        }

        bool isSound = header is { Sizes: { IsDefaultOrEmpty: false } sizes, Layers: var layers }
            && sizes.Length <= StyleStatistics.MaxSizes
            && sizes.All(size => size.LongSide > 0 && size.Pixels >= 1)
            && sizes.Zip(sizes.Skip(1)).All(pair => pair.First.LongSide < pair.Second.LongSide)
            && header.NetworkSha256.Length == Sha256.HashBytes * 2
            && !layers.IsDefaultOrEmpty && layers.All(layer => layer is not (null or ColorLayer))
            && layers.Distinct().Count() == layers.Length
            && header.SampledLayers.All(layer => layer is not null)
            && header.SampledLayers.Distinct().Count() == header.SampledLayers.Length;
        return isSound ? header! : throw Damaged("its header is inconsistent");
    }

    private static FeatureStatistics ReadLayer(SafetensorsFile file, StyleFileSize size, string layer)
    {
        float[] mean = ReadValues(file, NameOf(size, layer, "mean"));
        float[] moment = ReadValues(file, NameOf(size, layer, "moment"));
        int channels = mean.Length;
        if (channels == 0 || moment.LongLength != (long)channels * (channels + 1) / 2)
        {
            throw Damaged($"layer {layer} has {moment.Length} moments for {channels} channels");
        }

        FeatureStatistics statistics = new(channels);
        int next = 0;
        for (int row = 0; row < channels; row++)
        {
            statistics.Mean[row] = mean[row];
            for (int column = row; column < channels; column++, next++)
            {
                statistics.SecondMoment[(row * channels) + column] = moment[next];
                statistics.SecondMoment[(column * channels) + row] = moment[next];
            }
        }

        return statistics;
    }

    private static FeatureSample ReadSample(SafetensorsFile file, StyleFileSize size, string layer)
    {
        string name = NameOf(size, layer, "sample");
        float[] vectors = ReadValues(file, name);
        return file.Entries[name].Shape is [> 0, > 0 and int channels]
            ? new FeatureSample(channels, vectors)
            : throw Damaged($"tensor '{name}' has the wrong shape");
    }

    private static float[] ReadValues(SafetensorsFile file, string name)
    {
        if (!file.Entries.TryGetValue(name, out SafetensorsEntry? entry))
        {
            throw Damaged($"tensor '{name}' is missing");
        }

        float[] values = file.Read(entry);
        return Array.TrueForAll(values, float.IsFinite)
            ? values
            : throw Damaged($"tensor '{name}' contains values that are not finite");
    }

    private static void AddLayer(
        List<TensorSource> tensors, StyleFileSize size, string layer, FeatureStatistics statistics)
    {
        int channels = statistics.Channels;
        float[] mean = Array.ConvertAll(statistics.Mean, value => (float)value);
        float[] moment = [.. Enumerable.Range(0, channels).SelectMany(row => Enumerable.Range(row, channels - row)
            .Select(column => (float)statistics.SecondMoment[(row * channels) + column]))];
        tensors.Add(new TensorSource(NameOf(size, layer, "mean"), [channels], () => mean));
        tensors.Add(new TensorSource(NameOf(size, layer, "moment"), [moment.Length], () => moment));
    }

    private static string NameOf(StyleFileSize size, string layer, string part) => $"{size.LongSide}/{layer}/{part}";

    private static WeightFormatException Damaged(string problem)
        => new($"the style file is damaged: {problem}; download or extract it again.");
}

/// <summary>The header of a style file.</summary>
/// <param name="Version">Version of the format.</param>
/// <param name="AtelierVersion">Version of Atelier that wrote it.</param>
/// <param name="Network">Name of the network used for measuring.</param>
/// <param name="NetworkSha256">SHA-256 of that network's file.</param>
/// <param name="Pooling">The network's pooling.</param>
/// <param name="Layers">The measured layers.</param>
/// <param name="Sizes">The sizes, in ascending order.</param>
internal sealed record StyleFileHeader(
    int Version, string AtelierVersion, string Network, string NetworkSha256, Pooling Pooling,
    ImmutableArray<string> Layers, ImmutableArray<StyleFileSize> Sizes)
{
    /// <summary>The layers whose features were sampled; none in files of version 0.1.</summary>
    public ImmutableArray<string> SampledLayers { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>A size at which a style was measured.</summary>
/// <param name="LongSide">Long side of the largest picture.</param>
/// <param name="Pixels">Total number of pixels of all pictures.</param>
internal readonly record struct StyleFileSize(int LongSide, double Pixels);

/// <summary>JSON serialization of the header, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(OptionValueConverter<Pooling>)])]
[JsonSerializable(typeof(StyleFileHeader))]
internal sealed partial class StyleFileJson : JsonSerializerContext;
