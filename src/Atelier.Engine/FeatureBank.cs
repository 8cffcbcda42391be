namespace Atelier.Engine;

/// <summary>A bank of feature vectors, all of unit length, among which the nearest neighbors of other feature vectors
/// are searched. Each engine derives its own type.</summary>
/// <remarks>The caller that created it disposes it.</remarks>
/// <param name="channels">Length of the vectors.</param>
/// <param name="count">Number of vectors.</param>
public abstract class FeatureBank(int channels, int count) : IDisposable
{
    /// <summary>Length of the vectors.</summary>
    public int Channels => channels;

    /// <summary>Number of vectors.</summary>
    public int Count => count;

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
