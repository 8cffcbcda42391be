using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Imaging;
using Atelier.Recipes;

namespace Atelier.Workshop.Paintings;

/// <summary>How something is painted and written, whatever it is.</summary>
public record PaintSettings
{
    /// <summary>How it is computed.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>How pictures are written.</summary>
    public EncodeOptions Encode { get; init; } = EncodeOptions.Default;

    /// <summary>Whether a file that is not an earlier result may be replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Iterations between intermediate pictures and checkpoints; 0 for none.</summary>
    public int SaveEvery { get; init; }

    /// <summary>Whether to resume from a checkpoint if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether the run uses a checkpoint.</summary>
    public bool HasCheckpoint => SaveEvery > 0 || Resume;

    /// <summary>The engine's options for a recipe: the precision that is given, or else the recipe's, where it can be
    /// had.</summary>
    /// <param name="given">Threads, and the precision where one is given.</param>
    /// <param name="precision">The precision that is given; null for none.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="warnings">What could not be had as it was wished.</param>
    public static EngineOptions EngineFor(
        EngineOptions given, Precision? precision, Recipe recipe, out IReadOnlyList<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(recipe);
        string? refusal = precision is null && recipe.Precision == Precision.BFloat16
            ? EngineInfo.Current.BFloat16UnavailableReason
            : null;
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
