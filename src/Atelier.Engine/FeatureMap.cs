namespace Atelier.Engine;

/// <summary>A feature map in an engine's memory: a float32 value for each row, column and channel, in whatever order
/// the engine likes, and around them a border of one pixel on each side. An engine derives its own.</summary>
/// <remarks>The border is zero, but for three exceptions that <see cref="IEngine"/> names. Whoever asked the engine for
/// a map disposes it. Values are reached through that engine only.</remarks>
/// <param name="shape">Rows, columns and channels, without the border.</param>
public abstract class FeatureMap(Shape shape) : IDisposable
{
    /// <summary>Shape of the map.</summary>
    public Shape Shape => shape;

    /// <summary>Frees the memory if the map owns it.</summary>
    public abstract void Dispose();
}
