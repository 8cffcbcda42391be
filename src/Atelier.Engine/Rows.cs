namespace Atelier.Engine;

/// <summary>A range of rows of a feature map, counted from the top of the whole map.</summary>
/// <param name="First">The first row.</param>
/// <param name="End">The row after the last.</param>
public readonly record struct Rows(int First, int End)
{
    /// <summary>Number of rows.</summary>
    public int Count => End - First;

    /// <summary>Returns all rows of a map.</summary>
    public static Rows All(FeatureMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new Rows(0, map.Shape.Height);
    }
}
