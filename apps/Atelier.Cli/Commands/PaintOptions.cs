using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Atelier.Engine;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>How a picture is painted and written, whatever is painted.</summary>
internal sealed class PaintOptions
{
    private readonly EngineChoice _engine;
    private readonly Option<int> _saveEvery = SharedOptions.Whole(
        "--save-every", "After every N steps write the picture, as OUT-step0040.png, and a checkpoint; 0 does not",
        0, int.MaxValue);

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on from the checkpoint of an interrupted run, and write one if interrupted again",
    };

    private readonly WriteOptions _write;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="savesSteps">Whether the steps may be kept.</param>
    public PaintOptions(Command command, bool savesSteps = true)
    {
        _saveEvery.DefaultValueFactory = _ => 0;
        _engine = new EngineChoice(command);
        if (savesSteps)
        {
            command.Add(_saveEvery);
            command.Add(_resume);
        }

        _write = new WriteOptions(command);
    }

    /// <summary>The values given, and the recipe's precision where none is given and it can be had.</summary>
    public PaintSettings Read(ParseResult parse, Recipe recipe)
    {
        EngineOptions engine = _engine.Read(parse, recipe, out string? refusal);
        return new PaintSettings(_write.Read(parse))
        {
            Engine = engine,
            SaveEvery = parse.GetValue(_saveEvery),
            Resume = parse.GetValue(_resume),
            Warnings = refusal is null
                ? []
                : [$"the recipe's precision is bfloat16, which cannot be had here ({refusal}); " +
                    "single takes its place, so the result will differ a little."],
        };
    }
}

/// <summary>The values of <see cref="PaintOptions"/>.</summary>
internal sealed record PaintSettings : WriteSettings
{
    [SetsRequiredMembers]
    public PaintSettings(WriteSettings write) : base(write) { }

    public EngineOptions Engine { get; init; } = new();

    /// <summary>Steps between two pictures and checkpoints on the way; 0 for none.</summary>
    public int SaveEvery { get; init; }

    /// <summary>Whether to go on from a checkpoint, if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether the run keeps its state in a file.</summary>
    public bool HasCheckpoint => SaveEvery > 0 || Resume;

    /// <summary>What could not be had as it was wished.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
