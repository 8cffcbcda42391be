namespace Atelier.Engine;

/// <summary>Form of the smoothness term.</summary>
public enum TotalVariationKind
{
    /// <summary>Mean squared difference from the eight neighbors; has the same effect at every picture size. The border
    /// pixels of the picture are repeated once on every side. Each 2×2 window of the three planes contributes the
    /// squares of its lower and its right difference, weighted by 2 ⁄ 3, and of its two diagonal differences, weighted
    /// by 1 ⁄ 6. The value is the sum of these divided by the 3·(H + 1)·(W + 1) windows. In a tileable picture the
    /// windows wrap around to the opposite side, and there are 3·H·W of them.</summary>
    NinePoint,

    /// <summary>Sum of squared differences to the right and lower neighbors that exist.</summary>
    Squared,

    /// <summary>Sum of (Δy² + Δx²)^1.25 over the pixels that have a right and a lower neighbor.</summary>
    Power,
}
