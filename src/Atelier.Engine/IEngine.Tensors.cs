namespace Atelier.Engine;

/// <content>The operations that optimizers and losses on pixels are built from. All tensors of an operation have the
/// same length, and the same tensor may be passed more than once.</content>
public partial interface IEngine
{
    /// <summary>Returns Σ x·y.</summary>
    double Dot(Tensor x, Tensor y);

    /// <summary>y += scale × x.</summary>
    void AddScaled(Tensor x, float scale, Tensor y);

    /// <summary>y = x × y, element by element.</summary>
    void Multiply(Tensor x, Tensor y);

    /// <summary>target = scale × source. A scale of 0 gives zeros if the source is finite.</summary>
    void CopyScaled(Tensor source, float scale, Tensor target);

    /// <summary>target = source + scale × direction, clamped to [min, max]; both may be infinite.</summary>
    void Move(Tensor source, Tensor direction, float scale, float min, float max, Tensor target);

    /// <summary>Sets to zero the entries of <paramref name="vector"/> that would move a value of <paramref name="x"/>
    /// beyond the bound that it has reached: those below 0 where x ≤ min, and those above 0 where x ≥ max.</summary>
    void DropOutward(Tensor x, float min, float max, Tensor vector);

    /// <summary>Performs an Adam update: of the mean, the square, the picture (clamped to the bounds) and the average
    /// of the iterates, as described at <see cref="Engine.AdamStep"/>.</summary>
    void AdamStep(in AdamStep update, Tensor gradient, Tensor mean, Tensor square, Tensor x, Tensor average);

    /// <summary>target = keep × target + matrix · source for the three values of each pixel of two planar pictures [3,
    /// H, W].</summary>
    /// <param name="source">The source, which must not be the target.</param>
    /// <param name="matrix">3 × 3 values in row-major order: a row for each plane of the target.</param>
    /// <param name="keep">Factor of what the target contained; 0 overwrites it.</param>
    /// <param name="target">The target.</param>
    void MixPlanes(Tensor source, ReadOnlySpan<float> matrix, float keep, Tensor target);

    /// <summary>Returns Σ w × (x − target)², element by element, and adds scale × w × (x − target) to the
    /// gradient.</summary>
    double WeightedDistance(Tensor x, Tensor target, Tensor weights, float scale, Tensor gradient);

    /// <summary>Returns the total variation of a planar picture [3, height, width], as defined by <see
    /// cref="TotalVariationKind"/>, and adds scale × its gradient.</summary>
    /// <param name="isTileable">Whether the picture wraps around: the last row and column are adjacent to the first
    /// ones.</param>
    /// <returns>The value, without the scale.</returns>
    double TotalVariation(
        TotalVariationKind kind, Tensor picture, int height, int width, float scale, Tensor gradient,
        bool isTileable = false);
}

/// <summary>The parameters of one Adam update (Kingma and Ba 2015, algorithm 1) on bounded values with averaging. For a
/// gradient g: mean += (1 − β₁)(g − mean); square += (1 − β₂)(g² − square); x −= StepSize × mean ⁄ (√(square ×
/// SquareCorrection) + ε), then clamped to the bounds; average += (1 − Decay)(x − average).</summary>
/// <param name="StepSize">Learning rate divided by 1 − β₁ᵗ.</param>
/// <param name="Beta1">Decay of the running mean of the gradients.</param>
/// <param name="Beta2">Decay of the running mean of the squared gradients.</param>
/// <param name="SquareCorrection">1 ⁄ (1 − β₂ᵗ).</param>
/// <param name="Epsilon">Added to the square root of the squared gradients.</param>
/// <param name="Decay">Decay of the running average of the iterates.</param>
/// <param name="Min">Lower bound of the values.</param>
/// <param name="Max">Upper bound of the values.</param>
public readonly record struct AdamStep(
    float StepSize, float Beta1, float Beta2, float SquareCorrection, float Epsilon, float Decay,
    float Min, float Max);
