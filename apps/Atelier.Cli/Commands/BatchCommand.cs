using System.CommandLine;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Recipes;
using Atelier.Workshop.Batches;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Variations;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier batch</c>: paints several photographs in several styles.</summary>
internal sealed class BatchCommand
{
    private readonly Host _host;
    private readonly Argument<string[]> _contents = new("CONTENT")
    {
        Description = "The photographs: files, folders and patterns such as 'trip/*.jpg'",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _styles = SharedOptions.Styles();
    private readonly Option<string?> _palette = SharedOptions.Palette();
    private readonly Option<string> _output = SharedOptions.Output();
    private readonly Option<string[]> _vary = VariedOption.Create("Also vary the preset or an option, and its values");
    private readonly Option<string> _format = new("--format")
    {
        Description = "Format of the results",
        DefaultValueFactory = _ => "png",
    };

    private readonly Option<bool> _sheet = new("--sheet")
    {
        Description = "Also show all results on a contact sheet, OUT/sheet.png",
    };

    private readonly Option<int> _jobs = SharedOptions.Whole(
        "--jobs", "Number of pictures painted at a time, as far as memory allows; they share the threads", 1, 1024);

    private readonly QueueChoice _queue;
    private readonly GuideOptions _guides;
    private readonly OptionSet _options;
    private readonly PaintOptions _paint;

    private BatchCommand(Host host, Command command)
    {
        _host = host;
        _styles.Description = "The artworks or style files, used one at a time: files, folders and patterns. "
            + "Needed, unless a recipe names them";
        _output.Description = "The folder of the results, which are named like lake--starry.png";
        string[] formats = [.. ImageFormats.WritableExtensions.Select(extension => extension[1..])];
        _format.HelpName = string.Join('|', formats);
        _format.AcceptOnlyFromAmong(formats);
        _jobs.DefaultValueFactory = _ => 1;
        command.Add(_contents);
        foreach (Option option in (Option[])[_styles, _palette, _output, _vary, _format, _sheet, _jobs])
            command.Add(option);
        _queue = new QueueChoice(command, _output, _sheet, _jobs);
        _guides = new GuideOptions(command);
        _options = new OptionSet(host, command, TableOptions.All);
        _paint = new PaintOptions(command, savesIntermediates: false);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command command = new("batch", "Paint several photographs in the style of several artworks, one at a time.");
        _ = new BatchCommand(host, command);
        return command;
    }

    private int Run(ParseResult parse)
    {
        Variation[] variations = [.. (parse.GetValue(_vary) ?? []).Select(text => VariedOption.Parse(
            text, preset => _options.Resolve(parse, preset).Options))];
        if (variations.Any(variation => variation.Name == Variation.Style))
        {
            throw CliException.Usage("--vary style: a batch varies its artworks anyway.", "list them with --style.");
        }

        Recipe recipe = _options.Resolve(parse);
        PaintChoice choice = _paint.Read(parse, recipe);
        (bool quiet, bool noColor) = (choice.Write.Quiet, choice.Write.NoColor);
        Notes.Warn(_host, _host.HasColor && !noColor, choice.Warnings);
        PaintSources sources = _options.Sources(
            parse, recipe, parse.GetValue(_styles), parse.GetValue(_palette), _guides.Read(parse));
        using JobsReporter? reporter = quiet ? null : new JobsReporter(_host);
        Batch batch = new(_host.CreateContext(quiet, noColor), choice.Settings)
        {
            Contents = parse.GetRequiredValue(_contents),
            Styles = [.. sources.Styles.Select(style => style.Path)],
            Others = sources with { Styles = [] },
            Options = recipe.Options,
            Variations = [.. variations],
            OutputPath = parse.GetValue(_output) ?? "",
            Extension = $".{parse.GetRequiredValue(_format)}",
            HasSheet = parse.GetValue(_sheet),
            Parallel = parse.GetValue(_jobs),
            Progress = reporter,
        };
        if (_queue.IsGiven(parse))
        {
            return _queue.Add(_host, parse, choice.Write, batch.Expand());
        }

        BatchReport report = batch.Run();
        reporter?.Dispose();
        return new JobsSummary(
            report.Output, report.Seconds, report.Pictures.Count,
            report.Pictures.Count(picture => picture.State is not (JobState.Painted or JobState.Existing)),
            report.Failures, report.ToJson()).Report(_host, choice.Write);
    }
}
