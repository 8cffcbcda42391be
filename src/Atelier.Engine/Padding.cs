namespace Atelier.Engine;

/// <summary>What the first convolution sees beyond the picture's border; all others see zeros.</summary>
public enum Padding
{
    /// <summary>Zeros after normalization, the network's mean color, as the networks were trained.</summary>
    Zero,

    /// <summary>The pixels of the border again, which leaves no rim in the features (style-transfer-pytorch does so).
    /// </summary>
    Replicate,
}
