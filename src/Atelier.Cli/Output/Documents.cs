using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atelier.Cli.Output;

internal sealed record ErrorDetail(string Code, string Message, string? Hint);

internal sealed record ErrorDocument(ErrorDetail Error, int ExitCode)
{
    [JsonPropertyOrder(-2)]
    public int SchemaVersion => 1;

    [JsonPropertyOrder(-1)]
    public bool Ok => false;
}

/// <summary>What every document of a success begins with.</summary>
internal abstract record SuccessDocument
{
    [JsonPropertyOrder(-2)]
    public int SchemaVersion => 1;

    [JsonPropertyOrder(-1)]
    public bool Ok => true;
}

internal sealed record EvaluateDocument(double Loss, IReadOnlyList<LossTerm> Terms) : SuccessDocument;

internal sealed record StylizeDocument(
    string Output, int Width, int Height, bool Complete, double Seconds, IReadOnlyList<LossTerm> Terms,
    IReadOnlyList<ScaleReport> Scales, JsonElement Recipe, IReadOnlyList<string> Warnings) : SuccessDocument;

internal sealed record DoctorDocument(
    string Version, string Runtime, string System, string Processor, int VectorWidth, int Threads,
    IReadOnlyList<string> Networks, string? Ffmpeg) : SuccessDocument;

/// <summary>The JSON documents of the tool, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(EvaluateDocument))]
[JsonSerializable(typeof(StylizeDocument))]
[JsonSerializable(typeof(DoctorDocument))]
internal sealed partial class Documents : JsonSerializerContext;
