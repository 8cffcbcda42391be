using System.CommandLine;
using Atelier.Engine;
using Atelier.Imaging;

namespace Atelier.Cli.Commands;

/// <summary>How a picture is made and written, whatever is made.</summary>
internal sealed class PaintOptions
{
    private readonly EngineChoice? _engine;
    private readonly Option<int> _saveEvery = SharedOptions.Whole(
        "--save-every", "After every N steps write the picture, as OUT-step0040.png, and a checkpoint; 0 does not",
        0, int.MaxValue);

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on from the checkpoint of an interrupted run, and write one if interrupted again",
    };

    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _force = new("--force")
    {
        Description = "Replace a file that is not an earlier result",
    };

    private readonly Option<bool> _quiet = new("--quiet") { Description = "Show warnings and errors only" };
    private readonly Option<bool> _noColor = new("--no-color") { Description = "Show no colors" };
    private readonly Option<int> _quality = SharedOptions.Whole("--quality", "Quality of a JPEG, 1 to 100", 1, 100);
    private readonly Option<int?> _bitDepth = new("--bit-depth")
    {
        Description = "Bits per sample of a PNG [default: those of CONTENT or RESULT]",
        HelpName = "8|16",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="paints">Whether there are steps and an engine, and not only a file to write.</param>
    /// <param name="savesSteps">Whether the steps may be kept.</param>
    public PaintOptions(Command command, bool paints = true, bool savesSteps = true)
    {
        _saveEvery.DefaultValueFactory = _ => 0;
        _quality.DefaultValueFactory = _ => EncodeOptions.Default.JpegQuality;
        _bitDepth.CompletionSources.Add("8", "16");
        _bitDepth.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text is not ("8" or "16"))
            {
                result.AddError($"--bit-depth is '{text}'; give 8 or 16.");
            }

            return text == "16" ? 16 : 8;
        };
        _engine = paints ? new EngineChoice(command) : null;
        Option[] ofSteps = paints && savesSteps ? [_saveEvery, _resume] : [];
        Option[] ofFile = [_json, _force, _quiet, _noColor, _quality, _bitDepth];
        foreach (Option option in (Option[])[.. ofSteps, .. ofFile])
            command.Add(option);
    }

    /// <summary>The values given, and the recipe's precision where none is given and it can be had.</summary>
    public PaintSettings Read(ParseResult parse, Recipe recipe)
    {
        string? refusal = null;
        EngineOptions? engine = _engine?.Read(parse, recipe, out refusal);
        return new PaintSettings
        {
            Engine = engine ?? new EngineOptions(),
            Encode = EncodeOptions.Default with
            {
                JpegQuality = parse.GetValue(_quality),
                PngBitDepth = parse.GetValue(_bitDepth),
            },
            SaveEvery = parse.GetValue(_saveEvery),
            Resume = parse.GetValue(_resume),
            Json = parse.GetValue(_json),
            Force = parse.GetValue(_force),
            Quiet = parse.GetValue(_quiet),
            NoColor = parse.GetValue(_noColor),
            Warnings = refusal is null
                ? []
                : [$"the recipe's precision is bfloat16, which cannot be had here ({refusal}); " +
                    "single takes its place, so the result will differ a little."],
        };
    }
}

/// <summary>The values of <see cref="PaintOptions"/>.</summary>
internal sealed record PaintSettings
{
    public required EngineOptions Engine { get; init; }

    public required EncodeOptions Encode { get; init; }

    /// <summary>Steps between two pictures and checkpoints on the way; 0 for none.</summary>
    public required int SaveEvery { get; init; }

    /// <summary>Whether to go on from a checkpoint, if there is one.</summary>
    public required bool Resume { get; init; }

    /// <summary>Whether the run keeps its state in a file.</summary>
    public bool HasCheckpoint => SaveEvery > 0 || Resume;

    public required bool Json { get; init; }

    public required bool Force { get; init; }

    public required bool Quiet { get; init; }

    public required bool NoColor { get; init; }

    /// <summary>What could not be had as it was wished.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
