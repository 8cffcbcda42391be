namespace Atelier.Networks;

/// <summary>How a chain trades memory for work. The features and gradients are the same, whatever the layout.</summary>
/// <param name="BandedLayers">Layers from the picture on that are worked through a band of rows at a time, so that of
/// their maps only a window is in memory. The others, whose maps are small, are done whole.</param>
/// <param name="BandRows">Rows of the picture in a band.</param>
/// <param name="RecomputedLayers">Layers from the picture on whose features, where losses want them, are not kept from
/// the forward pass but computed again, band by band, on the way back; at most the banded ones.</param>
internal readonly record struct ChainLayout(int BandedLayers, int BandRows, int RecomputedLayers)
{
    /// <summary>Every map whole, nothing twice.</summary>
    internal static ChainLayout Whole { get; } = new(0, 0, 0);
}
