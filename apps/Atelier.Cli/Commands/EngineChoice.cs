using System.CommandLine;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>What a picture is painted with: threads, and a precision that the recipe may name.</summary>
internal sealed class EngineChoice
{
    private readonly Option<int> _threads = SharedOptions.Threads();
    private readonly Option<Precision?> _precision = SharedOptions.Precision("that of the recipe, or auto");

    public EngineChoice(Command command)
    {
        command.Add(_threads);
        command.Add(_precision);
    }

    /// <summary>The values given, and the recipe's precision where none is given and it can be had.</summary>
    /// <param name="parse">The values given.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="refusal">Why its precision cannot be had; null where it can or is not asked for.</param>
    public EngineOptions Read(ParseResult parse, Recipe recipe, out string? refusal)
    {
        Precision? precision = parse.GetValue(_precision);
        refusal = precision is null && recipe.Precision == Precision.BFloat16
            ? EngineInfo.Current.BFloat16Refusal
            : null;
        return new EngineOptions
        {
            Threads = parse.GetValue(_threads),
            Precision = refusal is null ? precision ?? recipe.Precision ?? Precision.Auto : Precision.Single,
        };
    }
}
