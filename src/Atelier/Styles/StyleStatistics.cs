using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Statistics;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Weights;

namespace Atelier.Styles;

/// <summary>A style without its picture: the mean and second moment of a network's features at several sizes. This is
/// all that a run needs of a style, stored in a file of a few megabytes.</summary>
/// <remarks>The statistics of a picture depend on its size, so each scale of a run uses those measured at the nearest
/// size. With the compact network, the file of an artwork with 1024 pixels on its long side has 3.5 MB for the default
/// style layers, and 5.3 MB for all layers.</remarks>
public sealed class StyleStatistics
{
    /// <summary>Maximum number of sizes at which a style can be measured.</summary>
    public const int MaxSizes = 64;

    internal StyleStatistics(StyleFileHeader header, ImmutableArray<SizedStatistics> bySize)
        => (Header, BySize) = (header, bySize);

    /// <summary>Name of the network used for measuring.</summary>
    public string Network => Header.Network;

    /// <summary>SHA-256 of that network's file, in hexadecimal.</summary>
    public string NetworkSha256 => Header.NetworkSha256;

    /// <summary>That network's pooling.</summary>
    public Pooling Pooling => Header.Pooling;

    /// <summary>The measured layers.</summary>
    public ImmutableArray<string> Layers => Header.Layers;

    /// <summary>Long sides of the measured pictures, in pixels, in ascending order.</summary>
    public ImmutableArray<int> Sizes => [.. Header.Sizes.Select(size => size.LongSide)];

    internal StyleFileHeader Header { get; }

    internal ImmutableArray<SizedStatistics> BySize { get; }

    /// <summary>Whether a file that begins with these bytes may be a style file; no picture format begins this
    /// way.</summary>
    public static bool IsStyleFile(ReadOnlySpan<byte> start) => start is [_, _, _, < 8, 0, 0, 0, 0, (byte)'{', ..];

    /// <summary>Reads a style file.</summary>
    /// <exception cref="WeightFormatException">The file is damaged or not a style file; the message names it.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StyleStatistics Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        try
        {
            return StyleFile.Read(file);
        }
        catch (WeightFormatException error)
        {
            throw new WeightFormatException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Reads a style file from a seekable stream, which stays open.</summary>
    /// <exception cref="WeightFormatException">The contents are damaged or not a style file.</exception>
    public static StyleStatistics Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return StyleFile.Read(new SafetensorsFile(stream));
    }

    /// <summary>Writes a style file atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes a style file to a stream.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        StyleFile.Write(stream, this);
    }

    /// <summary>Returns the statistics measured at the size nearest to the given one, by ratio.</summary>
    internal SizedStatistics Nearest(int longSide) => BySize[Enumerable.Range(0, BySize.Length)
        .MinBy(i => Math.Abs(Math.Log((double)Header.Sizes[i].LongSide / longSide)))];

    /// <summary>Returns why a run cannot use the statistics; null if it can.</summary>
    /// <param name="number">The number of the style file, from 1.</param>
    /// <param name="network">The run's network.</param>
    /// <param name="pooling">Its pooling.</param>
    /// <param name="layers">The style layers of the run, with their numbers of channels.</param>
    /// <param name="sampled">The layers of its nearest-neighbor loss, with their numbers of channels.</param>
    internal Problem? ProblemWith(
        int number, Network network, Pooling pooling, IReadOnlyCollection<(string Name, int Channels)> layers,
        IReadOnlyCollection<(string Name, int Channels)> sampled)
    {
        Problem Because(string fault, string remedy) => new("style", fault, remedy)
        {
            Subject = $"style file {number}",
        };
        if (network.SettingsOf(NetworkSha256) is not (ActivationMode activations, Padding padding))
        {
            return Because(
                $"was measured with different weights (network '{Network}', {NetworkSha256[..8]}...) than this " +
                $"run uses (network '{network.Definition.Name}', {network.Sha256[..8]}...)",
                "extract it again with the run's network, or use its network");
        }

        (string Option, string Measured, string Used)[] settings =
        [
            ("activations", OptionValues.Format(activations), OptionValues.Format(network.Activations)),
            ("padding", OptionValues.Format(padding), OptionValues.Format(network.Padding)),
            ("pooling", OptionValues.Format(Pooling), OptionValues.Format(pooling)),
        ];
        settings = [.. settings.Where(setting => setting.Measured != setting.Used)];
        if (settings.Length > 0)
        {
            string measured = string.Join(" and ", settings.Select(setting => $"{setting.Option} {setting.Measured}"));
            string used = string.Join(" and ", settings.Select(setting => $"{setting.Option} {setting.Used}"));
            return Because(
                $"was measured with {measured}, but the run uses {used}",
                $"paint with {measured}, or extract it again with {used}");
        }

        string[] missing = [.. layers.Select(layer => layer.Name).Except(Layers)];
        if (missing.Length > 0)
        {
            return Because(
                $"contains {string.Join(", ", Layers)}, but not {string.Join(", ", missing)}",
                "extract it again with style-layers all, or leave them out of the run's style-layers");
        }

        missing = [.. sampled.Select(layer => layer.Name).Except(Header.SampledLayers)];
        if (missing.Length > 0)
        {
            return Because(
                $"has no sampled features of {string.Join(", ", missing)}, which neighbor-weight needs",
                "extract it again, or set neighbor-weight to 0");
        }

        return BySize.All(size => layers.All(layer => size.Layers[layer.Name].Channels == layer.Channels)
                && sampled.All(layer => size.Samples[layer.Name].Channels == layer.Channels))
            ? null
            : Because("is damaged: the channel counts of its layers differ from its network's", "extract it again");
    }
}

/// <summary>The statistics of a style at one size.</summary>
/// <param name="Pixels">Total number of pixels of the measured pictures.</param>
/// <param name="Color">Statistics of the pictures' RGB values.</param>
/// <param name="Layers">Statistics of the network's features, by layer.</param>
/// <param name="Samples">Sampled features, by layer, for nearest-neighbor losses.</param>
internal sealed record SizedStatistics(
    double Pixels, FeatureStatistics Color, ImmutableSortedDictionary<string, FeatureStatistics> Layers,
    ImmutableSortedDictionary<string, FeatureSample> Samples);
