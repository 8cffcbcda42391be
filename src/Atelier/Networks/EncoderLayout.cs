namespace Atelier.Networks;

/// <summary>How an encoder trades memory for computation. Features and gradients do not depend on it.</summary>
/// <param name="BandedLayers">Number of layers, starting at the picture, that are processed one band of rows at a time,
/// with only a window of their maps in memory. The other layers, whose maps are small, are processed whole.</param>
/// <param name="BandRows">Rows of the picture in a band.</param>
/// <param name="RecomputedLayers">Number of layers, starting at the picture, whose features, if losses need them, are
/// not kept from the forward pass but recomputed band by band during the backward pass; at most the banded
/// ones.</param>
internal readonly record struct EncoderLayout(int BandedLayers, int BandRows, int RecomputedLayers)
{
    /// <summary>Processes every map whole, without recomputation.</summary>
    internal static EncoderLayout Whole { get; } = new(0, 0, 0);
}
