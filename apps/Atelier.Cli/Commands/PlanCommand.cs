using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier plan</c>: predicts the time and memory of a run.</summary>
internal static class PlanCommand
{
    public static Command Create(Host host)
    {
        Command command = new(
            "plan", "Predict how much time and memory stylize would need, based on a short trial at small sizes.");
        StylizeInputs inputs = new(host, command);
        EngineChoice engine = new(command);
        Option<bool> json = SharedOptions.Json();
        command.Add(json);
        command.SetAction((ParseResult parse) =>
        {
            (PaintSources sources, Recipe recipe) = inputs.Read(parse);
            RunPlan plan = Plan(host.CreateContext(), sources, recipe.Options, engine.Read(parse, recipe, out _));
            host.Interrupt.ThrowIfCancellationRequested();
            host.Out.WriteLine(parse.GetValue(json)
                ? JsonSerializer.Serialize(
                    new PlanDocument(plan.Scales, plan.Seconds, plan.PeakBytes), Documents.Readable.PlanDocument)
                : Describe(plan));
            return ExitCode.Done;
        });
        return command;
    }

    private static RunPlan Plan(
        WorkshopContext context, PaintSources sources, StylizeOptions options, EngineOptions engine)
    {
        sources.Require(options);
        using IPainter painter = context.CreatePainter(engine);
        StylizeRequest request = sources.Load(context, engine).Request with { Options = options };
        painter.Check(request);
        context.Cancel.ThrowIfCancellationRequested();

        // How a run is initialized does not affect its cost.
        return painter.Plan(
            request with { Options = options with { Init = InitKind.Content } }, context.Clock, context.Cancel);
    }

    private static string Describe(RunPlan plan)
    {
        List<string> lines = ["     size     iterations    seconds    memory"];
        foreach (ScalePlan scale in plan.Scales)
        {
            string bands = scale.BandRows < scale.Height ? $"  in bands of {scale.BandRows} rows" : "";
            string size = $"{scale.Width,5} x {scale.Height,-5}";
            lines.Add(Line(size, scale.Iterations, scale.Seconds, scale.PeakBytes) + bands);
        }

        lines.Add(Line("together     ", plan.Scales.Sum(scale => scale.Iterations), plan.Seconds, plan.PeakBytes));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(string size, int iterations, double seconds, long bytes)
        => FormattableString.Invariant($"{size} {iterations,10} {seconds,10:F1} {Megabytes(bytes),9}");

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:F0} MB");
}
