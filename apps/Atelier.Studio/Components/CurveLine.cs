namespace Atelier.Studio.Components;

/// <summary>A curve of a chart.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Points">Its points, from left to right.</param>
public sealed record CurveLine(string Name, IReadOnlyList<(double X, double Y)> Points);
