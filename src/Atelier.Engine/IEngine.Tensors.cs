namespace Atelier.Engine;

/// <content>What optimizers, and losses on pixels, are made of. The tensors of an operation are of one length, and one of
/// them may be given twice.</content>
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

    /// <summary>target = source + scale × direction, held inside [lowest, highest], which may be infinite.</summary>
    void Move(Tensor source, Tensor direction, float scale, float min, float max, Tensor target);

    /// <summary>Zeroes the entries of <paramref name="vector"/> that push a value of <paramref name="x"/> out through
    /// the bound at which it lies: those below 0 where x ≤ lowest, those above 0 where x ≥ highest.</summary>
    void DropOutward(Tensor x, float min, float max, Tensor vector);

    /// <summary>A step of Adam: updates mean, square, the picture (held inside the bounds)
    /// and the average of the iterates, as <see cref="Engine.AdamStep"/> says.</summary>
    void AdamStep(in AdamStep update, Tensor gradient, Tensor mean, Tensor square, Tensor x, Tensor average);

    /// <summary>Returns Σ w × (x − target)², element by element, and adds scale × w × (x − target) to the
    /// gradient.</summary>
    double WeightedDistance(Tensor x, Tensor target, Tensor weights, float scale, Tensor gradient);

    /// <summary>Total variation of a planar picture [3, height, width], as <see cref="TotalVariationKind"/> defines it;
    /// adds scale × its gradient.</summary>
    /// <param name="isTileable">Whether the picture wraps around: the last row and column are adjacent to the first
    /// ones.</param>
    /// <returns>The value, without the scale.</returns>
    double TotalVariation(
        TotalVariationKind kind, Tensor picture, int height, int width, float scale, Tensor gradient,
        bool isTileable = false);
}

/// <summary>The parameters of one Adam update (Kingma and Ba 2015, algorithm 1) on bounded values with averaging. For a
/// gradient g: mean += (1 − β₁)(g − mean); square += (1 − β₂)(g² − square); x −= StepSize × mean ⁄ (√(square ×
/// SquareCorrection) + ε), then held inside the bounds; average += (1 − Decay)(x − average).</summary>
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
