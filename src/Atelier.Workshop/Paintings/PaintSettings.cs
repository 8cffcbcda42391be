using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Workshop.Paintings;

/// <summary>Settings that runs of all kinds share.</summary>
public record PaintSettings
{
    /// <summary>The engine options.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>The encoding of the pictures that are written.</summary>
    public EncodeOptions Encode { get; init; } = EncodeOptions.Default;

    /// <summary>Whether a file that is not an earlier result may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Iterations between intermediate pictures and checkpoints; 0 for none.</summary>
    public int SaveEvery { get; init; }

    /// <summary>Whether to resume from a checkpoint if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether the run uses a checkpoint.</summary>
    public bool HasCheckpoint => SaveEvery > 0 || Resume;

    /// <summary>Returns the engine options for a recipe, with the given precision, or otherwise that of the recipe if
    /// it is available.</summary>
    /// <param name="given">The other engine options.</param>
    /// <param name="precision">The given precision; null to use the recipe's.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="warnings">Receives a warning if the recipe's precision is not available.</param>
    public static EngineOptions EngineFor(
        EngineOptions given, Precision? precision, Recipe recipe, out IReadOnlyList<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(recipe);
        string? refusal = precision is not null || recipe.Precision != Precision.BFloat16 ? null
            : given.Name == CpuEngine.Name ? EngineInfo.Current.BFloat16UnavailableReason
            : $"the engine '{given.Name}' does not have it";
        warnings = refusal is null
            ? []
            : [$"the recipe's precision is bfloat16, which is not available here ({refusal}); using single instead, " +
                "so the result will differ slightly."];
        return given with
        {
            Precision = refusal is null ? precision ?? recipe.Precision ?? Precision.Auto : Precision.Single,
        };
    }
}
