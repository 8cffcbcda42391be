using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Variations;

namespace Atelier.Workshop.Batches;

/// <summary>The result of a batch.</summary>
/// <param name="Output">The folder of the results.</param>
/// <param name="Complete">Whether every result exists.</param>
/// <param name="Seconds">Total time, in seconds.</param>
/// <param name="Sheet">The contact sheet; null if there is none.</param>
/// <param name="Pictures">The results, in order.</param>
public sealed record BatchReport(
    string Output, bool Complete, double Seconds, string? Sheet, IReadOnlyList<BatchPicture> Pictures)
{
    /// <summary>The labels of the pictures that failed, and why.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Label, string Failure)> Failures { get; init; } = [];

    /// <summary>Version of the JSON format: 1.</summary>
    [JsonPropertyOrder(-2)]
    public int SchemaVersion { get; } = 1;

    /// <summary>Whether no picture failed.</summary>
    [JsonPropertyOrder(-1)]
    public bool Ok => Pictures.All(picture => picture.State != JobState.Failed);

    /// <summary>Returns the report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Readable.BatchReport);
}

/// <summary>A result of a batch.</summary>
/// <param name="File">The path of the result, whether or not it exists.</param>
/// <param name="State">What became of it.</param>
/// <param name="Content">The photograph.</param>
/// <param name="Style">The artwork or style file; null for none.</param>
/// <param name="Values">The values of what is varied, by name.</param>
/// <param name="Seconds">Time for loading, painting and writing, in seconds.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
/// <param name="Recipe">The recipe; null if its pictures were not read.</param>
public sealed record BatchPicture(
    string File, JobState State, string Content, string? Style, IReadOnlyDictionary<string, string> Values,
    double Seconds, string? Failure, JsonElement Recipe)
{
    internal static BatchPicture Of(JobOutcome outcome, Variant variant) => new(
        Path.GetFullPath(outcome.Job.OutputPath), outcome.State, variant.Sources.Content!.Path,
        variant.Sources.Styles is [PictureSource style, ..] ? style.Path : null, variant.Values, outcome.Seconds,
        outcome.Failure?.Message, JsonElement.Parse(outcome.Recipe?.ToJson() ?? "null"));
}
