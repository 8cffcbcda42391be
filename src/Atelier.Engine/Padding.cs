namespace Atelier.Engine;

/// <summary>How the first convolution pads the picture; all other convolutions pad with zeros.</summary>
public enum Padding
{
    /// <summary>With zeros after normalization, which is the network's mean color, as the networks were
    /// trained.</summary>
    Zero,

    /// <summary>With copies of the border pixels, which leaves no edge artifact in the features (as in
    /// style-transfer-pytorch). </summary>
    Replicate,
}
