using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Workshop;

namespace Atelier.Studio.Api;

/// <summary>A job as the API shows it.</summary>
internal sealed record JobDocument(
    [property: Description("Identifies the job.")] string Id,
    [property: Description("What it is doing."), JsonConverter(typeof(WordConverter<JobState>))] JobState State,
    [property: Description("When it was posted.")] DateTimeOffset Created,
    [property: Description("Name of the photograph in the studio's folder.")] string Photograph,
    [property: Description("Names of the artworks, in the order of their weights.")] IReadOnlyList<string> Artworks,
    [property: Description("The preset.")] string Preset,
    [property: Description("The options that differ from the preset, by their names in a recipe.")] JsonObject Options)
{
    [Description("How many jobs are before it; null if it does not wait.")]
    public int? Ahead { get; init; }

    [Description("How far it is; null before the first iteration.")]
    public ProgressDocument? Progress { get; init; }

    [Description("Number of the newest preview, which grows; null if there is none.")]
    public int? Preview { get; init; }

    [Description("Name of the result in the studio's folder; null before it is done.")]
    public string? Result { get; init; }

    [Description("Warnings about the pictures and options.")]
    public IReadOnlyList<string> Warnings { get; init; } = [];

    [Description("Why the last change of options was refused; null if it was not.")]
    public string? Refusal { get; init; }

    [Description("Why it failed; null if it did not.")]
    public FailureDocument? Failure { get; init; }

    /// <summary>Describes a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="all">All jobs, oldest first.</param>
    internal static JobDocument Of(Job job, IReadOnlyList<Job> all)
    {
        PaintingChoice choice = job.Choice;
        JobState state = job.State;
        return new JobDocument(
            job.Id, state, job.Created, choice.Photograph!.Name, [.. choice.Artworks.Select(art => art.Name)],
            choice.Preset, OptionJson.Changed(choice.Options, choice.PresetOptions))
        {
            Ahead = state == JobState.Waiting
                ? all.TakeWhile(each => each != job).Count(each => !each.IsOver)
                : null,
            Progress = job.Progress,
            Preview = job.Painting?.Frames.Newest?.Number,
            Result = job.Result?.Name,
            Warnings = job.Warnings,
            Refusal = job.Painting?.Refusal?.Reason,
            Failure = job.Failure is Failure failure
                ? new FailureDocument(failure.Code, failure.Message, failure.Remedy)
                : null,
        };
    }

    /// <summary>Returns the name of a state.</summary>
    internal static string NameOf(JobState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}

/// <summary>How far a job is.</summary>
internal sealed record ProgressDocument(
    [property: Description("Fraction of the work that is done, 0 to 1.")] double Fraction,
    [property: Description("Number of the current scale, from 1.")] int Scale,
    [property: Description("Number of scales.")] int ScaleCount,
    [property: Description("Iterations done at this scale.")] int Iteration,
    [property: Description("Iterations at this scale.")] int IterationCount,
    [property: Description("Width at this scale, in pixels.")] int Width,
    [property: Description("Height at this scale, in pixels.")] int Height,
    [property: Description("The objective.")] double Loss,
    [property: Description("Seconds until it is done; null if not known.")] double? SecondsLeft);

/// <summary>Why a job failed.</summary>
internal sealed record FailureDocument(
    [property: Description("A stable identifier.")] string Code,
    [property: Description("What is wrong.")] string Message,
    [property: Description("What to do next; null if nothing is known to help.")] string? Remedy);

/// <summary>A style file of the studio's folder.</summary>
internal sealed record StyleDocument(
    [property: Description("Its name, which a job takes as an artwork.")] string Name,
    [property: Description("Its size.")] long Bytes,
    [property: Description("The network that measured it.")] string Network,
    [property: Description("The layers that were measured.")] IReadOnlyList<string> Layers,
    [property: Description("The long sides at which was measured, in pixels.")] IReadOnlyList<int> Sizes);

/// <summary>An option, as the option table defines it.</summary>
internal sealed record OptionDocument(
    [property: Description("Its name in a recipe, and in the options of a job.")] string Name,
    [property: Description("Its name in messages and on the command line.")] string Option,
    [property: Description("The group in which it is shown."), JsonConverter(typeof(WordConverter<OptionGroup>))]
    OptionGroup Group,
    [property: Description("What it does.")] string Help,
    [property: Description("The kind of its values."), JsonConverter(typeof(WordConverter<OptionKind>))]
    OptionKind Kind,
    [property: Description("The value if none is given.")] JsonNode? Default,
    [property: Description("The allowed values in short form.")] string Values,
    [property: Description("The allowed texts.")] IReadOnlyList<string> Words,
    [property: Description("The range of its numbers; null for none.")] RangeDocument? Range);

/// <summary>The range of an option's numbers.</summary>
internal sealed record RangeDocument(
    [property: Description("The lower bound.")] double Min,
    [property: Description("The upper bound; null for none.")] double? Max,
    [property: Description("The unit; empty for none.")] string Unit,
    [property: Description("Whether the lower bound itself is excluded.")] bool ExcludesMin,
    [property: Description("Whether the upper bound itself is excluded.")] bool ExcludesMax);
