using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atelier.Workshop.Sweeps;

/// <summary>What a sweep made, as its file <c>sweep.json</c> tells it.</summary>
/// <param name="Output">The sheet.</param>
/// <param name="Complete">Whether every cell has its picture.</param>
/// <param name="Seconds">Time so far.</param>
/// <param name="Cells">The cells that were begun, row by row.</param>
public sealed record SweepReport(
    string Output, bool Complete, double Seconds, IReadOnlyList<SweepCellReport> Cells)
{
    /// <summary>How many cells the sheet has.</summary>
    [JsonIgnore]
    public int CellCount { get; init; }

    /// <summary>Version of the form: 1.</summary>
    [JsonPropertyOrder(-2)]
    public int SchemaVersion { get; } = 1;

    /// <summary>Always true: the sweep was made.</summary>
    [JsonPropertyOrder(-1)]
    public bool Ok { get; } = true;

    /// <summary>The JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SweepJson.Readable.SweepReport);
}

/// <summary>A cell of a sweep.</summary>
/// <param name="File">The picture; null if there is none.</param>
/// <param name="Values">What is varied, by name.</param>
/// <param name="Complete">Whether the picture is there.</param>
/// <param name="Failure">Why there is none; null where there is no reason.</param>
/// <param name="Recipe">The recipe.</param>
public sealed record SweepCellReport(
    string? File, IReadOnlyDictionary<string, string> Values, bool Complete, string? Failure, JsonElement Recipe);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SweepReport))]
internal sealed partial class SweepJson : JsonSerializerContext
{
    /// <summary>Leaves quotes and foreign letters as they are: the text never stands inside HTML.</summary>
    public static SweepJson Readable => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
