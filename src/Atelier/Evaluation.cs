using System.Collections.Immutable;
using Atelier.Losses;

namespace Atelier;

/// <summary>Value and gradient of the objective for a given picture.</summary>
public sealed record Evaluation
{
    /// <summary>The objective: the sum of the terms.</summary>
    public required double Loss { get; init; }

    /// <summary>The terms; those of weight 0 are left out.</summary>
    public required ImmutableArray<LossTerm> Terms { get; init; }

    /// <summary>Width of the picture, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the picture, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>What the user should know: masks that were too small for a layer.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>dLoss/dRGB for RGB in [0, 1], shape [3, Height, Width], row by row.</summary>
    public required float[] Gradient { get; init; }
}
