namespace Atelier.Engine;

/// <summary>What a feature map is needed for, from which its place in a shared memory follows.</summary>
/// <param name="Shape">The whole map.</param>
/// <param name="Rows">Neighboring rows that are needed at the same time, at most; the map's height for all.</param>
/// <param name="FirstStep">When it is written first, in steps of its user's own counting.</param>
/// <param name="LastStep">When it is read last.</param>
public readonly record struct MapUse(Shape Shape, int Rows, int FirstStep, int LastStep);
