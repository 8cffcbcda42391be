namespace Atelier.Engine;

/// <summary>A row of float32 values in an engine's memory: a picture's planes, a gradient, or the state of an
/// optimizer. Each engine derives its own type.</summary>
/// <remarks>The caller that created it disposes it. Its values can only be accessed through that engine.</remarks>
/// <param name="length">Number of values, at least 1.</param>
public abstract class Tensor(int length) : IDisposable
{
    /// <summary>Number of values.</summary>
    public int Length => length;

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
