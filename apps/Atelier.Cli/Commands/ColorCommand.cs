using System.CommandLine;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Color;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Outputs;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier color</c>: transfers colors without texture.</summary>
internal sealed class ColorCommand
{
    private readonly Host _host;
    private readonly Argument<string> _content = new("CONTENT")
    {
        Description = "The picture to recolor, or - for standard input",
    };

    private static readonly OptionDefinition<StylizeOptions> Match = StylizeOptionTable.Get("color-match"),
        Amount = StylizeOptionTable.Get("color-amount");

    private readonly Option<string?> _palette = SharedOptions.Palette();
    private readonly Option<string> _output = SharedOptions.Output();
    private readonly Option<string> _match = TableOptions.Create(Match.Name);
    private readonly Option<string> _amount = TableOptions.Create(Amount, StylizeOptions.Default, "--amount");
    private readonly WriteOptions _write;

    private ColorCommand(Host host, Command command)
    {
        _host = host;
        _palette.Description = "The picture to take the colors from, or - for standard input";
        _palette.Required = true;
        _amount.Description = "Strength of the color change, from 0 (CONTENT's colors) to 1 (the palette's)";
        command.Add(_content);
        foreach (Option option in (Option[])[_palette, _output, _match, _amount])
            command.Add(option);
        _write = new WriteOptions(command);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command command = new("color", "Give a picture the colors of another one, without painting.");
        _ = new ColorCommand(host, command);
        return command;
    }

    private int Run(ParseResult parse)
    {
        long start = _host.Clock.GetTimestamp();
        StylizeOptions options = Match.Change(StylizeOptions.Default, parse.GetRequiredValue(_match));
        options = Amount.Change(options, parse.GetRequiredValue(_amount));
        if (options.ColorAmount is not (>= 0 and <= 1))
        {
            throw CliException.Usage($"--amount is {options.ColorAmount}; give 0 to 1.");
        }

        WriteSettings settings = _write.Read(parse);
        PictureSource source = new("content", parse.GetRequiredValue(_content));
        PictureSource colors = new("palette", parse.GetRequiredValue(_palette)!, "palette");
        InputFile.Require([source, colors]);
        WorkshopContext context = _host.CreateContext();
        OutputFile output = Check(context, parse.GetRequiredValue(_output), [source, colors], settings);
        InputFile content = InputFile.Load(context, source), palette = InputFile.Load(context, colors);
        Picture result = Recoloring.Apply(
            content.Picture, palette.Picture, options.ColorMatch, options.ColorAmount);
        _host.Interrupt.ThrowIfCancellationRequested();
        output.Save(result);
        List<string> warnings = [.. content.Warnings, .. palette.Warnings];
        if (output.LosesAlpha(result))
        {
            warnings.Add("the picture is partly transparent; use PNG, WebP, TIFF or QOI to keep that.");
        }

        Report(result, output, warnings, settings, _host.Clock.GetElapsedTime(start).TotalSeconds);
        return ExitCode.Done;
    }

    private OutputFile Check(WorkshopContext context, string path, PictureSource[] sources, WriteSettings settings)
    {
        if (path == OutputFile.StandardOutput && settings.Json)
        {
            throw CliException.Usage("-o - and --json cannot be used together: both write to standard " +
                "output.", "name a file with -o FILE.");
        }

        IEnumerable<string> inputs =
            sources.Select(source => source.Path).Where(input => input != InputFile.StandardInput);
        _host.RequireNoTerminal(path);
        return new OutputFile(context, path, inputs, settings.Force, settings.Encode);
    }

    private void Report(
        Picture picture, OutputFile output, List<string> warnings, WriteSettings settings, double seconds)
    {
        Notes.Warn(_host, _host.HasColor && !settings.NoColor, warnings);
        if (!settings.Quiet)
        {
            _host.Error.WriteLine(FormattableString.Invariant(
                $"{output.Path}  {picture.Width} x {picture.Height}  {seconds:F1} s"));
        }

        if (settings.Json)
        {
            ColorDocument document = new(output.FullPath, picture.Width, picture.Height, seconds, warnings);
            _host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.ColorDocument));
        }
    }
}
