using System.CommandLine;
using Atelier.Cli.Output;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier reproduce</c>: makes a result again from the recipe that it carries.</summary>
internal sealed class ReproduceCommand
{
    private readonly Host _host;
    private readonly Argument<string> _result = new("RESULT") { Description = "A PNG that Atelier painted" };
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The new result [default: RESULT-again.png beside RESULT]",
        HelpName = "OUT",
    };

    private readonly Option<string> _size = SharedOptions.Size("Paint at another size [default: that of the recipe]");

    private readonly Option<string?> _content = new("--content")
    {
        Description = "The photograph, when it moved",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _styles = SharedOptions.Styles();
    private readonly Option<string?> _initial = new("--init")
    {
        Description = "The picture that the painting started from, when it moved",
        HelpName = "FILE",
    };

    private readonly Option<string?> _palette = SharedOptions.Palette();
    private readonly Option<string?> _network = new("--network")
    {
        Description = "The network's weights, when they moved",
        HelpName = "FILE",
    };

    private readonly GuideOptions _guides;
    private readonly PaintOptions _paint;

    private ReproduceCommand(Host host, Command command)
    {
        _host = host;
        _styles.Description = "The artworks, when they moved: all of them, in order";
        _palette.Description = "The picture whose colors were taken, when it moved";
        command.Add(_result);
        foreach (Option option in (Option[])[_output, _size, _content, _styles, _initial, _palette, _network])
            command.Add(option);
        _guides = new GuideOptions(command);
        _paint = new PaintOptions(command);
        command.SetAction((ParseResult parse) => Run(parse));
    }

    public static Command Create(Host host)
    {
        Command command = new("reproduce", "Make a result again from the recipe that it carries.");
        _ = new ReproduceCommand(host, command);
        return command;
    }

    private int Run(ParseResult parse)
    {
        string result = parse.GetRequiredValue(_result);
        string output = parse.GetValue(_output) ?? Again(result);
        InputFile.Require("result", result);
        Picture painted = InputFile.Load(_host, new PictureSource("result", result)).Picture;
        Recipe recipe = Recipe.Of(painted)
            ?? throw CliException.Failed("recipe.missing", $"'{result}' carries no recipe.",
                "only a PNG that Atelier painted can be made again.");
        StylizeOptions options = recipe.Options;
        if (parse.GetValue(_size) is string size)
        {
            // Sizes on the way would have to end at the old size, so they are chosen anew.
            options = TableOptions.Size.Change(options, size) with { Scales = [] };
        }

        if (parse.GetValue(_initial) is not null && recipe.Initial is null)
        {
            throw CliException.Usage($"'{result}' was not painted from a picture of its own.", "leave --init out.");
        }

        if (parse.GetValue(_palette) is not null && recipe.Palette is null)
        {
            throw CliException.Usage($"'{result}' was painted without a palette.", "leave --palette out.");
        }

        options = options with { Network = parse.GetValue(_network) ?? FindNetwork(options.Network, result) };
        PaintSettings settings = _paint.Read(parse, recipe);
        EncodeOptions encode = settings.Encode;
        settings = settings with { Encode = encode with { PngBitDepth = encode.PngBitDepth ?? painted.BitDepth } };
        string[] styles = parse.GetValue(_styles) ?? [];
        return new Painting(_host, settings)
        {
            Sources = new PaintSources
            {
                Content = recipe.Content is RecipePicture content
                    ? Find("content", "--content", content, parse.GetValue(_content), result, settings)
                    : options.ContentWeight == 0 ? null
                    : throw CliException.Failed("recipe", $"the recipe of '{result}' names no content."),
                Styles = styles.Length > 0
                    ? [.. styles.Select(path => new PictureSource("style", path, "--style"))]
                    : [.. recipe.Styles.Select(style => Find("style", "--style", style, null, result, settings))],
                Guides = _guides.Read(
                    parse, recipe, (role, option, picture) => Find(role, option, picture, null, result, settings)),
                Initial = recipe.Initial is RecipePicture initial
                    ? Find("initial picture", "--init", initial, parse.GetValue(_initial), result, settings)
                    : null,
                Palette = recipe.Palette is RecipePicture palette
                    ? Find("palette", "--palette", palette, parse.GetValue(_palette), result, settings)
                    : null,
            },
            AlsoRead = [result],
            Options = options,
            OutputPath = output,
        }.Run();
    }

    private static string Again(string result) => result == InputFile.StandardInput
        ? throw CliException.Usage("a result from standard input has no name to derive another from.",
            "name the new one with -o FILE.")
        : Path.Combine(Path.GetDirectoryName(result) ?? "", $"{Path.GetFileNameWithoutExtension(result)}-again.png");

    /// <summary>A network's file where the recipe says, or else seen from the result's folder.</summary>
    private static string FindNetwork(string network, string result)
    {
        string beside = Beside(result, network);
        bool isEmbedded = network == StylizeOptions.Default.Network;
        return !isEmbedded && !File.Exists(network) && File.Exists(beside) ? beside : network;
    }

    private static string Beside(string result, string path)
        => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(result))!, path);

    /// <summary>Looks for a picture where the option says, then where the recipe says, seen from the working folder
    /// and from the result's.</summary>
    private PictureSource Find(
        string role, string option, RecipePicture picture, string? given, string result, PaintSettings settings)
    {
        string beside = Beside(result, picture.Path);
        string path = given ?? (File.Exists(picture.Path) ? picture.Path
            : File.Exists(beside) ? beside
            : throw CliException.Failed("input.missing",
                $"{role} '{picture.Path}', of which '{result}' was made, is not there.",
                $"name it with {option} FILE."));
        if (picture.Sha256 is string expected && File.Exists(path)
            && RecipePicture.Of(path, File.ReadAllBytes(path)).Sha256 != expected)
        {
            string warning = $"{role} '{path}' is not the file of which '{result}' was made, or has changed since, " +
                $"so the new result will differ; name the old file with {option} FILE.";
            Notes.Warn(_host, _host.HasColor && !settings.NoColor, [warning]);
        }

        return new PictureSource(role, path, option) { NamedAs = given ?? picture.Path };
    }
}
