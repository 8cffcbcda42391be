using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Sweeps;

/// <summary>The result of a sweep, in the form of its file <c>sweep.json</c>.</summary>
/// <param name="Output">The path of the contact sheet.</param>
/// <param name="Complete">Whether every cell has a picture.</param>
/// <param name="Seconds">Time so far, in seconds.</param>
/// <param name="Cells">The cells that have been started, row by row.</param>
public sealed record SweepReport(
    string Output, bool Complete, double Seconds, IReadOnlyList<SweepCellReport> Cells)
{
    /// <summary>Total number of cells on the sheet.</summary>
    [JsonIgnore]
    public int CellCount { get; init; }

    /// <summary>The cells that failed, and why.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Label, string Failure)> Failures { get; init; } = [];

    /// <summary>Version of the JSON format: 1.</summary>
    [JsonPropertyOrder(-2)]
    public int SchemaVersion { get; } = 1;

    /// <summary>Always true: the sweep was carried out.</summary>
    [JsonPropertyOrder(-1)]
    public bool Ok { get; } = true;

    /// <summary>Returns the report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Readable.SweepReport);
}

/// <summary>A cell of a sweep.</summary>
/// <param name="File">The path of the picture; null if there is none.</param>
/// <param name="Values">The values of the varied options, by name.</param>
/// <param name="Complete">Whether the picture was completed.</param>
/// <param name="Failure">Why there is no picture; null if there is one.</param>
/// <param name="Recipe">The recipe.</param>
public sealed record SweepCellReport(
    string? File, IReadOnlyDictionary<string, string> Values, bool Complete, string? Failure, JsonElement Recipe);
