using System.Collections.Immutable;
using Atelier.Losses;

namespace Atelier;

/// <summary>Value and gradient of the objective for a given picture.</summary>
public sealed record Evaluation
{
    /// <summary>The objective: the sum of the terms.</summary>
    public required double Loss { get; init; }

    /// <summary>The terms of the objective, without those of weight 0.</summary>
    public required ImmutableArray<LossTerm> Terms { get; init; }

    /// <summary>Width of the picture, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the picture, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Warnings for the user, such as masks that are too small for a layer.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>dLoss/dRGB for RGB in [0, 1], shape [3, Height, Width], in row-major order.</summary>
    public required float[] Gradient { get; init; }
}
