using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Inspection;
using Atelier.Losses;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Figures;

/// <summary>The loss history of a run, read from the JSON output of the program that ran it.</summary>
/// <param name="Title">A title for the plot.</param>
/// <param name="Scales">The scales, from coarse to fine.</param>
public sealed record RunFile(string Title, IReadOnlyList<ScaleReport> Scales)
{
    /// <summary>Draws the losses as an SVG plot.</summary>
    public string Draw() => new LossPlot { Title = Title, Scales = [.. Scales] }.Draw();

    /// <summary>Reads the JSON of a run: an object with <c>scales</c>, each with its <c>losses</c>, and optionally a
    /// <c>recipe</c>.</summary>
    /// <exception cref="CodedException">The file does not exist, or contains no losses (<c>run.format</c>).</exception>
    public static RunFile Read(WorkshopContext context, string path)
    {
        const string Next = "keep the JSON that a run prints of itself";
        InputFile.Require("run", path);
        string shown = InputFile.Shown(path);
        RunJson? run;
        try
        {
            run = JsonSerializer.Deserialize(InputFile.ReadBytes(context, path), RunJsonContext.Default.RunJson);
        }
        catch (JsonException error)
        {
            string place = error.LineNumber is long line ? $", line {line + 1}" : "";
            throw CodedException.Failed("run.format", $"{shown}{place}: not the JSON output of a run.", Next);
        }

        return run?.Scales is { Count: > 0 } scales && scales.All(IsWhole)
            && scales.Any(scale => scale.Losses.Any(loss => loss > 0))
            ? new RunFile(TitleOf(run.Recipe), scales)
            : throw CodedException.Failed(
                "run.format", $"{shown} contains no losses; expected 'scales' with 'losses' above 0.", Next);
    }

    private static string TitleOf(RunRecipe? recipe) => recipe?.Content is { Path: string content }
        ? $"Losses of {Path.GetFileName(content)} in the style of " +
            string.Join(", ", (recipe.Styles ?? []).Select(style => Path.GetFileName(style.Path)))
        : "Losses of a run";

    private static bool IsWhole(ScaleReport? scale)
        => scale is { Losses.IsDefault: false, Terms.IsDefault: false }
            && scale.Terms.All(term => term is { Name: not null, Values.IsDefault: false });
}

/// <summary>The part of a run's JSON that is read.</summary>
internal sealed record RunJson(IReadOnlyList<ScaleReport>? Scales, RunRecipe? Recipe);

/// <summary>The pictures of a run.</summary>
internal sealed record RunRecipe(RunPicture? Content, IReadOnlyList<RunPicture>? Styles);

/// <summary>The path of a picture of a run.</summary>
internal sealed record RunPicture(string? Path);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RunJson))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
