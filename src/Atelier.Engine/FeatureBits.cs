namespace Atelier.Engine;

/// <summary>Bits that the forward pass saves for the backward pass: for each value of a map, whether a ReLU passed it
/// (one bit), or which of the four values of a pool's window was the maximum (two bits). Each engine derives its own
/// type and chooses the encoding.</summary>
/// <remarks>The caller that created it disposes it.</remarks>
/// <param name="shape">Shape of the map that the bits describe.</param>
/// <param name="bitsPerValue">1 or 2.</param>
public abstract class FeatureBits(Shape shape, int bitsPerValue) : IDisposable
{
    /// <summary>Shape of the map that the bits describe: the output of a convolution or a pool.</summary>
    public Shape Shape => shape;

    /// <summary>Number of bits per value, 1 or 2.</summary>
    public int BitsPerValue => bitsPerValue;

    /// <summary>Frees the memory.</summary>
    public abstract void Dispose();
}
