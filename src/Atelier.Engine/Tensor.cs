namespace Atelier.Engine;

/// <summary>A row of float32 values in an engine's memory: a picture's planes, a gradient, the state of an optimizer.
/// An engine derives its own.</summary>
/// <remarks>Whoever asked the engine for it disposes it. Values are reached through that engine only.</remarks>
/// <param name="length">Number of values, 1 or more.</param>
public abstract class Tensor(int length) : IDisposable
{
    /// <summary>Number of values.</summary>
    public int Length => length;

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
