using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>How a surface answers light: matt color, strength of its gloss and sharpness of its highlight.</summary>
internal readonly record struct Surface(Vector3 Color, float Gloss, float Polish)
{
    /// <summary>How much light creeps below the surface into the shadow, as in skin.</summary>
    public float Translucence { get; init; }

    /// <summary>The direction of the fibers of hair, or zero.</summary>
    public Vector3 Fiber { get; init; }

    /// <summary>The normal of a clear coat, where that differs from the surface, or zero.</summary>
    public Vector3 Coat { get; init; }
}
