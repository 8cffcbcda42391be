namespace Atelier.Engine;

/// <summary>The size and lifetime of a feature map, from which its position in a shared memory block is
/// determined.</summary>
/// <param name="Shape">Shape of the whole map.</param>
/// <param name="Rows">Maximum number of neighboring rows that are needed at the same time; the map's height for all
/// rows.</param>
/// <param name="FirstStep">When the map is first written, as an index that the caller defines.</param>
/// <param name="LastStep">When the map is last read, as an index of the same kind.</param>
public readonly record struct MapLifetime(Shape Shape, int Rows, int FirstStep, int LastStep);
