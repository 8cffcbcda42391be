using System.CommandLine;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Recipes;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier reproduce</c>: reproduces a result from its embedded recipe.</summary>
internal sealed class ReproduceCommand
{
    private readonly Host _host;
    private readonly Argument<string> _result = new("RESULT")
    {
        Description = "A PNG, JPEG, WebP or TIFF painted by Atelier",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The new result [default: RESULT-again.png beside RESULT]",
        HelpName = "OUT",
    };

    private readonly Option<string> _size = SharedOptions.Size("Paint at a different size [default: as in the recipe]");

    private readonly Option<string?> _content = new("--content")
    {
        Description = "The photograph, if it has moved",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _styles = SharedOptions.Styles();
    private readonly Option<string?> _initial = new("--init")
    {
        Description = "The initial picture, if it has moved",
        HelpName = "FILE",
    };

    private readonly Option<string?> _palette = SharedOptions.Palette();
    private readonly Option<string?> _network = new("--network")
    {
        Description = "The network's weight file, if it has moved",
        HelpName = "FILE",
    };

    private readonly GuideOptions _guides;
    private readonly PaintOptions _paint;

    private ReproduceCommand(Host host, Command command)
    {
        _host = host;
        _styles.Description = "The artworks, if they have moved; give all of them, in order";
        _palette.Description = "The palette picture, if it has moved";
        command.Add(_result);
        foreach (Option option in (Option[])[_output, _size, _content, _styles, _initial, _palette, _network])
            command.Add(option);
        _guides = new GuideOptions(command);
        _paint = new PaintOptions(command);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command command = new("reproduce", "Reproduce a result from the recipe embedded in it.");
        _ = new ReproduceCommand(host, command);
        return command;
    }

    private int Run(ParseResult parse)
    {
        string result = parse.GetRequiredValue(_result);
        string output = parse.GetValue(_output) ?? Reproduction.GetDefaultOutputPath(result);
        Reproduction old = Reproduction.Open(_host.CreateContext(), result);
        string? size = parse.GetValue(_size);
        PictureOverrides given = new()
        {
            Content = parse.GetValue(_content),
            Styles = parse.GetValue(_styles) ?? [],
            Guides = _guides.Read(parse),
            Initial = parse.GetValue(_initial),
            Palette = parse.GetValue(_palette),
        };
        PaintSources sources = old.GetSources(given, isResized: size is not null);
        StylizeOptions options = old.GetOptions(
            size is null ? null : TableOptions.Size.Change(old.Recipe.Options, size).Size, isResized: size is not null,
            parse.GetValue(_network));
        PaintChoice choice = _paint.Read(parse, old.Recipe);
        Notes.Warn(_host, _host.HasColor && !choice.Write.NoColor, old.Changed.Select(source =>
            $"{source.Role} '{source.Path}' is not the file from which '{result}' was painted, or has changed since, " +
            $"so the new result will differ; name the original file with --{source.Option} FILE."));
        EncodeOptions encode = choice.Settings.Encode;
        PaintSettings settings = choice.Settings with
        {
            Encode = encode with { BitDepth = encode.BitDepth ?? old.Picture.BitDepth },
        };
        return new PaintRun(_host, choice with { Settings = settings }).Run(sources, options, output, alsoRead: result);
    }
}
