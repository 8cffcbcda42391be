namespace Atelier.Engine;

/// <summary>A weight of 0 or more for each position of a feature map, in an engine's memory: how much the position
/// counts in sums over the map. An engine derives its own.</summary>
/// <remarks>Whoever asked the engine for it disposes it.</remarks>
/// <param name="height">Rows.</param>
/// <param name="width">Columns.</param>
public abstract class PositionWeights(int height, int width) : IDisposable
{
    /// <summary>Rows.</summary>
    public int Height => height;

    /// <summary>Columns.</summary>
    public int Width => width;

    /// <summary>The sum of the weights of some rows, in double precision.</summary>
    public abstract double Sum(Rows rows);

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
