using System.CommandLine;
using Atelier.Engine;
using Atelier.Recipes;
using Atelier.Workshop.Engines;
using Atelier.Workshop.Paintings;

namespace Atelier.Cli.Commands;

/// <summary>The engine options: which engine, threads, and a precision that the recipe may specify.</summary>
internal sealed class EngineChoice
{
    private readonly Option<string> _engine = SharedOptions.Engine();
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<Precision?> _precision = SharedOptions.Precision("from the recipe, or auto");

    public EngineChoice(Command command)
    {
        command.Add(_engine);
        command.Add(_threads);
        command.Add(_precision);
    }

    /// <summary>Reads the given values, and the recipe's precision if none is given and it is available.</summary>
    /// <param name="parse">The parsed command line.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="warnings">Receives a warning if the recipe's precision is not available.</param>
    public EngineOptions Read(ParseResult parse, Recipe recipe, out IReadOnlyList<string> warnings)
        => PaintSettings.EngineFor(
            EngineCatalog.Select(parse.GetValue(_engine)!, parse.GetValue(_threads)), parse.GetValue(_precision),
            recipe, out warnings);
}
