using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Video;

namespace Atelier.Cli.Output;

internal sealed record ErrorDetail(string Code, string Message, string? Hint);

/// <summary>The common fields of all JSON documents.</summary>
internal abstract record Document([property: JsonPropertyOrder(-1)] bool Ok)
{
    [JsonPropertyOrder(-2)]
    public int SchemaVersion { get; } = 1;
}

internal sealed record ErrorDocument(ErrorDetail Error, int ExitCode) : Document(false);

/// <summary>One term of the objective.</summary>
internal sealed record TermDetail(string Name, double Weight, double Value)
{
    public static IReadOnlyList<TermDetail> From(IEnumerable<LossTerm> terms)
        => [.. terms.Select(term => new TermDetail(term.Name, term.Weight, term.Value))];
}

internal sealed record EvaluateDocument(double Loss, IReadOnlyList<TermDetail> Terms) : Document(true);

internal sealed record PlanDocument(
    IReadOnlyList<ScalePlan> Scales, double Seconds, long PeakBytes) : Document(true);

internal sealed record StylizeDocument(
    string Output, int Width, int Height, bool Complete, double Seconds, IReadOnlyList<TermDetail> Terms,
    IReadOnlyList<ScaleReport> Scales, JsonElement Recipe, IReadOnlyList<string> Warnings) : Document(true);

/// <param name="Scenes">Index of the first frame of each scene, from 0.</param>
/// <param name="Report">The measurements; null if they were not requested.</param>
internal sealed record VideoDocument(
    string Output, int Width, int Height, int Frames, IReadOnlyList<int> Scenes, bool Complete, double Seconds,
    VideoReport? Report, VideoOptions Video, JsonElement Recipe, IReadOnlyList<string> Warnings) : Document(true);

internal sealed record StyleDocument(
    string File, long Bytes, string Network, string NetworkSha256, string Pooling, IReadOnlyList<string> Layers,
    IReadOnlyList<int> Sizes) : Document(true);

/// <param name="Blocks">Convolutions of each block.</param>
/// <param name="Widths">Output channels of each convolution.</param>
/// <param name="Input">The network's input convention.</param>
/// <param name="Mean">Subtracted from red, green and blue in [0, 1].</param>
/// <param name="Std">What they are then divided by.</param>
/// <param name="Sources">The tensors that the convolutions' weights were taken from.</param>
internal sealed record WeightsNetwork(
    string Name, IReadOnlyList<int> Blocks, IReadOnlyList<int> Widths, string Input, IReadOnlyList<float> Mean,
    IReadOnlyList<float> Std, IReadOnlyList<string> Sources);

/// <param name="Network">The recognized network; null if there is none.</param>
/// <param name="Problem">Why no network was recognized.</param>
internal sealed record WeightsDocument(
    string File, string Format, IReadOnlyList<NamedShape> Tensors, WeightsNetwork? Network, string? Problem)
    : Document(true);

internal sealed record WeightsImportDocument(
    string Output, long Bytes, WeightsNetwork Network, IReadOnlyList<string> Warnings) : Document(true);

internal sealed record WeightsGetDocument(string Output, long Bytes) : Document(true);

internal sealed record ColorDocument(
    string Output, int Width, int Height, double Seconds, IReadOnlyList<string> Warnings) : Document(true);

internal sealed record DoctorDocument(
    string Version, string Runtime, string System, string Processor, int VectorWidth, string Amx, int Threads,
    IReadOnlyList<string> Networks, string? Ffmpeg, string? FfmpegVersion, IReadOnlyList<string> Pictures,
    string? Libvips, IReadOnlyList<DeviceDocument> Devices, IReadOnlyList<string> OpenCl, string? HeicConverter)
    : Document(true);

/// <summary>A device of OpenCL: the name that selects it, and what it is.</summary>
internal sealed record DeviceDocument(
    string Engine, string Name, string Platform, string Driver, bool IsGraphicsCard, int ComputeUnits, long Memory);

internal sealed record FigureDocument(string Output) : Document(true);

internal sealed record FeaturesDocument(
    string Output, int Width, int Height, IReadOnlyList<LayerChannels> Layers) : Document(true);

/// <summary>The size of a layer's feature maps, and its channels, strongest first.</summary>
internal sealed record LayerChannels(string Name, int Width, int Height, IReadOnlyList<ChannelStrength> Channels);

internal sealed record ChannelStrength(int Channel, double Strength);

internal sealed record GramDocument(
    string Output, int Width, int Height, string Layer, int Channels, double? StyleLoss) : Document(true);

internal sealed record FieldsDocument(string? Output, IReadOnlyList<LayerField> Layers) : Document(true);

internal sealed record LayerField(string Name, int Size, int Stride, double Center, int? Effective);

/// <summary>The JSON documents of the tool, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(EvaluateDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(StylizeDocument))]
[JsonSerializable(typeof(VideoDocument))]
[JsonSerializable(typeof(StyleDocument))]
[JsonSerializable(typeof(DoctorDocument))]
[JsonSerializable(typeof(FigureDocument))]
[JsonSerializable(typeof(FeaturesDocument))]
[JsonSerializable(typeof(GramDocument))]
[JsonSerializable(typeof(FieldsDocument))]
[JsonSerializable(typeof(ColorDocument))]
[JsonSerializable(typeof(WeightsDocument))]
[JsonSerializable(typeof(WeightsImportDocument))]
[JsonSerializable(typeof(WeightsGetDocument))]
[JsonSerializable(typeof(JobsAddDocument))]
[JsonSerializable(typeof(JobsListDocument))]
[JsonSerializable(typeof(JobsShowDocument))]
internal sealed partial class Documents : JsonSerializerContext
{
    /// <summary>Does not escape quotes and non-ASCII letters, because the documents are never embedded in
    /// HTML.</summary>
    public static Documents Readable => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
