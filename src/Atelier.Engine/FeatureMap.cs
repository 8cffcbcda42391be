namespace Atelier.Engine;

/// <summary>A feature map in an engine's memory: a float32 value for each row, column and channel, in an order that the
/// engine chooses, with a border of one pixel on each side. Each engine derives its own type.</summary>
/// <remarks>The border is zero, with the three exceptions listed at <see cref="IEngine"/>. The caller that created a
/// map disposes it. Its values can only be accessed through that engine.</remarks>
/// <param name="shape">Rows, columns and channels, without the border.</param>
public abstract class FeatureMap(Shape shape) : IDisposable
{
    /// <summary>Shape of the map.</summary>
    public Shape Shape => shape;

    /// <summary>Frees the memory if the map owns it.</summary>
    public abstract void Dispose();
}
