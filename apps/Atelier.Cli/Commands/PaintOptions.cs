using System.CommandLine;
using Atelier.Engine;
using Atelier.Recipes;
using Atelier.Workshop.Paintings;

namespace Atelier.Cli.Commands;

/// <summary>The options of painting and writing, shared by all commands that paint.</summary>
internal sealed class PaintOptions
{
    private readonly EngineChoice _engine;
    private readonly Option<int> _saveEvery = SharedOptions.Whole(
        "--save-every", "Every N iterations, write the picture as OUT-step0040.png and save a checkpoint; 0 turns " +
            "this off",
        0, int.MaxValue);

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Resume from the checkpoint of an interrupted run, and save one if interrupted again",
    };

    private readonly WriteOptions _write;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="savesIntermediates">Whether intermediate pictures and checkpoints can be saved.</param>
    public PaintOptions(Command command, bool savesIntermediates = true)
    {
        _saveEvery.DefaultValueFactory = _ => 0;
        _engine = new EngineChoice(command);
        if (savesIntermediates)
        {
            command.Add(_saveEvery);
            command.Add(_resume);
        }

        _write = new WriteOptions(command);
    }

    /// <summary>Reads the given values, and the recipe's precision if none is given and it is available.</summary>
    public PaintChoice Read(ParseResult parse, Recipe recipe)
    {
        EngineOptions engine = _engine.Read(parse, recipe, out IReadOnlyList<string> warnings);
        WriteSettings write = _write.Read(parse);
        PaintSettings settings = new()
        {
            Engine = engine,
            Encode = write.Encode,
            Force = write.Force,
            SaveEvery = parse.GetValue(_saveEvery),
            Resume = parse.GetValue(_resume),
        };
        return new PaintChoice(settings, write, warnings);
    }
}

/// <summary>The values of <see cref="PaintOptions"/>.</summary>
/// <param name="Settings">The settings of the run.</param>
/// <param name="Write">The settings of writing and reporting.</param>
/// <param name="Warnings">Warnings about settings that were not available.</param>
internal sealed record PaintChoice(PaintSettings Settings, WriteSettings Write, IReadOnlyList<string> Warnings);
