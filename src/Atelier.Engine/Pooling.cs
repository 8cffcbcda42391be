namespace Atelier.Engine;

/// <summary>How the network downsamples its feature maps: 2×2 windows with stride 2; an odd last row or column is
/// dropped.</summary>
public enum Pooling
{
    /// <summary>The maximum of the window, as the networks were trained.</summary>
    Max,

    /// <summary>The mean of the window; gives smoother results (suggested by Gatys et al. 2016).</summary>
    Average,
}
