namespace Atelier.Engine;

/// <summary>How the network halves its maps: 2×2 windows, stride 2, an odd last row or column is dropped.</summary>
public enum Pooling
{
    /// <summary>The largest value of the window, as the networks were trained.</summary>
    Max,

    /// <summary>The mean of the window; smoother (Gatys et al. 2016 suggest it).</summary>
    Average,
}
