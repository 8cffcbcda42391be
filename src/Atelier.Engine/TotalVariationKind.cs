namespace Atelier.Engine;

/// <summary>Form of the smoothness term.</summary>
public enum TotalVariationKind
{
    /// <summary>Mean squared differences to the eight neighbors, the same strength at every size.</summary>
    NinePoint,

    /// <summary>Sum of squared differences to the right and lower neighbor.</summary>
    Squared,

    /// <summary>Sum of (Δy² + Δx²)^1.25.</summary>
    Power,
}
