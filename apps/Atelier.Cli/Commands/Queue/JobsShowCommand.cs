using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Jobs;
using Atelier.Workshop;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs show</c>: all about a job.</summary>
internal static class JobsShowCommand
{
    public static Command Create(Host host)
    {
        Argument<string> id = new("ID") { Description = "The job, by the first letters of its identifier" };
        Option<bool> json = SharedOptions.Json();
        Command command = new("show", "Show all about a job, with its log and its recipe.") { id, json };
        QueueOptions queues = new(command);
        command.SetAction((ParseResult parse) => QueueAccess.Run(host, parse, queues, async queue =>
        {
            Job job = (await JobSelection.FindAsync(queue, [parse.GetRequiredValue(id)], host.Interrupt)) is [Job only]
                ? only
                : throw CliException.Usage($"'{parse.GetRequiredValue(id)}' is a group.",
                    $"list its jobs with 'atelier jobs list --group {parse.GetRequiredValue(id)}'.");
            IReadOnlyList<LogLine> log = await queue.LogAsync(job, host.Interrupt);
            JsonElement recipe = JsonElement.Parse((await queue.SpecificationAsync(job, host.Interrupt)).RecipeText);
            if (parse.GetValue(json))
            {
                host.Out.WriteLine(JsonSerializer.Serialize(
                    new JobsShowDocument(
                        JobText.DetailOf(job),
                        [.. log.Select(line => new JobLogDetail(line.At, line.Worker, line.Text))],
                        recipe),
                    Documents.Readable.JobsShowDocument));
                return ExitCode.Done;
            }

            foreach (string line in Describe(job, log, host.Clock.GetUtcNow()))
                host.Out.WriteLine(line);
            host.Out.WriteLine("recipe");
            host.Out.WriteLine($"  {Indented(recipe).ReplaceLineEndings($"{Environment.NewLine}  ")}");
            return ExitCode.Done;
        }));
        return command;
    }

    private static IEnumerable<string> Describe(Job job, IReadOnlyList<LogLine> log, DateTimeOffset now)
    {
        (string Name, string Text)[] rows =
        [
            ("id", job.Id),
            ("name", job.Name),
            ("kind", job.Kind.ToString().ToLowerInvariant()),
            ("owner", job.Owner),
            ("group", job.Group ?? ""),
            ("priority", job.Priority == 0 ? "" : job.Priority.ToString(CultureInfo.InvariantCulture)),
            ("state", JobText.StateOf(job)),
            ("progress", $"{JobText.ProgressOf(job)}  {(job.IsOver ? "" : job.Activity)}".TrimEnd()),
            ("added", TimeOf(job.Created, now)),
            ("begun", job.Started is DateTimeOffset started
                ? $"{TimeOf(started, now)}, attempt {job.Attempts.ToString(CultureInfo.InvariantCulture)}" : ""),
            ("worker", job.Worker ?? ""),
            ("ended", job.Ended is DateTimeOffset ended ? TimeOf(ended, now) : ""),
            ("ran", JobText.RunOf(job, now)),
            ("result", job.Output is null ? "" : $"{job.Output.Sha256}; fetch it with 'atelier jobs get {job.Id}'"),
            ("failure", job.Failure is Failure failure ? JoinOf(failure) : ""),
        ];
        int width = rows.Max(row => row.Name.Length);
        return
        [
            .. rows.Where(row => row.Text.Length > 0)
                .Select(row => $"{row.Name.PadRight(width)}  {JobText.Plain(row.Text)}"),
            .. log.Count == 0 ? Array.Empty<string>() : ["log"],
            .. log.Select(line => JobText.Plain(string.Create(CultureInfo.InvariantCulture,
                $"  {line.At.ToLocalTime():yyyy-MM-dd HH:mm:ss}  {line.Text}") +
                (line.Worker is null ? "" : $"  ({line.Worker})"))),
        ];
    }

    private static string Indented(JsonElement json)
    {
        using MemoryStream bytes = new();
        JsonWriterOptions options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter writer = new(bytes, options))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string JoinOf(Failure failure)
        => failure.Remedy is string remedy ? $"{failure.Message.TrimEnd('.')}; {remedy}" : failure.Message;

    private static string TimeOf(DateTimeOffset time, DateTimeOffset now)
        => string.Create(
            CultureInfo.InvariantCulture, $"{time.ToLocalTime():yyyy-MM-dd HH:mm:ss}, {JobText.Ago(time, now)}");
}
