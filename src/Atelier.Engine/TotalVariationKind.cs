namespace Atelier.Engine;

/// <summary>Form of the smoothness term.</summary>
public enum TotalVariationKind
{
    /// <summary>Mean squared difference from the eight neighbors; has the same effect at every picture size. With the
    /// picture's border pixels repeated once on every side, each 2×2 window of the three planes has the squares of its
    /// lower and its right difference, weighed 2 ⁄ 3, and of its two diagonals, weighed 1 ⁄ 6; the value is their sum
    /// divided by the 3·(H + 1)·(W + 1) windows. Of a picture that repeats, windows run on into the opposite side, and
    /// there are 3·H·W. </summary>
    NinePoint,

    /// <summary>Sum of squared differences to the right and lower neighbor, where there is one.</summary>
    Squared,

    /// <summary>Sum of (Δy² + Δx²)^1.25 over the pixels that have a right and a lower neighbor.</summary>
    Power,
}
