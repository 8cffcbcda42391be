namespace Atelier.Engine;

/// <summary>For each position of a feature map, the index of its nearest neighbor in a <see cref="FeatureBank"/>. Each
/// engine derives its own type.</summary>
/// <remarks>The caller that created it disposes it.</remarks>
/// <param name="height">Number of rows.</param>
/// <param name="width">Number of columns.</param>
public abstract class NeighborMap(int height, int width) : IDisposable
{
    /// <summary>Number of rows.</summary>
    public int Height => height;

    /// <summary>Number of columns.</summary>
    public int Width => width;

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
