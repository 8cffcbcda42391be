namespace Atelier.Engine;

/// <summary>A weight of 0 or more for each position of a feature map, in an engine's memory: how much the position
/// counts in sums over the map. Each engine derives its own type.</summary>
/// <remarks>The caller that created it disposes it.</remarks>
/// <param name="height">Number of rows.</param>
/// <param name="width">Number of columns.</param>
public abstract class PositionWeights(int height, int width) : IDisposable
{
    /// <summary>Number of rows.</summary>
    public int Height => height;

    /// <summary>Number of columns.</summary>
    public int Width => width;

    /// <summary>The weight of a position.</summary>
    public abstract float this[int row, int column] { get; }

    /// <summary>Returns the sum of the weights of some rows, in double precision.</summary>
    public abstract double Sum(Rows rows);

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
