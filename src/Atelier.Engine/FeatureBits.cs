namespace Atelier.Engine;

/// <summary>What the backward pass remembers of a map: for each value whether a ReLU let it pass (one bit), or which of
/// the four values of a pool's window was the largest (two bits). An engine derives its own, and encodes them as it
/// likes.</summary>
/// <remarks>Whoever asked the engine for it disposes it.</remarks>
/// <param name="shape">Shape of the map that the bits describe.</param>
/// <param name="bitsPerValue">One or two.</param>
public abstract class FeatureBits(Shape shape, int bitsPerValue) : IDisposable
{
    /// <summary>Rows, columns and channels of the map that the bits are about: the output of the layer.</summary>
    public Shape Shape => shape;

    /// <summary>Number of bits per value, 1 or 2.</summary>
    public int BitsPerValue => bitsPerValue;

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
