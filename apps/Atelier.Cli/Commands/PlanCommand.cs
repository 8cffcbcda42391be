using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier plan</c>: what a run would take, before it is done.</summary>
internal static class PlanCommand
{
    public static Command Create(Host host)
    {
        Argument<string> content = new("CONTENT") { Description = "The photograph, or - for standard input" };
        Option<string[]> styles = SharedOptions.Styles();
        Option<string?> palette = SharedOptions.Palette();
        Command command = new(
            "plan", "Tell how long stylize would take and how much memory, after trying it at small sizes.")
        {
            content, styles, palette,
        };
        GuideOptions guides = new(command);
        OptionSet options = new(host, command, TableOptions.All);
        EngineChoice engine = new(command);
        Option<bool> json = SharedOptions.Json();
        command.Add(json);
        command.SetAction((ParseResult parse) =>
        {
            Recipe recipe = options.Resolve(parse);
            PictureSource photograph = new("content", parse.GetRequiredValue(content));
            PictureSource[] artworks =
                [.. (parse.GetValue(styles) ?? []).Select(path => new PictureSource("style", path, "--style"))];
            OptionSet.Validate(recipe.Options, artworks.Length);
            GuideSources guidance = guides.Read(parse, recipe);
            PictureSource? colors = SharedOptions.PaletteSource(parse.GetValue(palette));
            InputFile.Require(
                [.. ((PictureSource?[])[photograph, .. artworks, colors, .. guidance.Files]).OfType<PictureSource>()]);
            Picture picture = InputFile.Load(host, photograph).Picture;
            Style[] styled = [.. artworks.Select(source => StyleInput.Load(host, source).Style)];
            EngineOptions used = engine.Read(parse, recipe, out _);
            using IPainter painter = host.CreatePainter(used);
            StylizePlan plan = painter.Plan(
                new StylizeRequest
                {
                    Content = picture,
                    Styles = [.. styled],
                    Palette = colors is null ? null : InputFile.Load(host, colors).Picture,
                    Guides = guidance.Load(
                        host, artworks.Length, count => LabelSources.Find(count, picture, styled, used)).Guides,

                    // Where a run starts from does not change what it takes.
                    Options = recipe.Options with { Init = InitKind.Content },
                },
                host.Clock);
            host.Out.WriteLine(parse.GetValue(json)
                ? JsonSerializer.Serialize(
                    new PlanDocument(plan.Scales, plan.Seconds, plan.PeakBytes), Documents.Readable.PlanDocument)
                : Describe(plan));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Describe(StylizePlan plan)
    {
        List<string> lines = ["      size      steps    seconds    memory"];
        foreach (PlannedScale scale in plan.Scales)
        {
            string bands = scale.BandRows < scale.Height ? $"  in bands of {scale.BandRows} rows" : "";
            string size = $"{scale.Width,5} x {scale.Height,-5}";
            lines.Add(Line(size, scale.Steps, scale.Seconds, scale.PeakBytes) + bands);
        }

        lines.Add(Line("together     ", plan.Scales.Sum(scale => scale.Steps), plan.Seconds, plan.PeakBytes));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(string size, int steps, double seconds, long bytes)
        => FormattableString.Invariant($"{size} {steps,6} {seconds,10:F1} {Megabytes(bytes),9}");

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:F0} MB");
}
