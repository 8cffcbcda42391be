namespace Atelier.Options;

/// <summary>Whose colors the result has.</summary>
public enum ColorKind
{
    /// <summary>The artwork's, as the style statistics bring them along.</summary>
    Style,

    /// <summary>The photograph's, exactly: only luminance is painted (Gatys et al. 2016, "Preserving Color in Neural
    /// Artistic Style Transfer", section 3).</summary>
    Luminance,

    /// <summary>The photograph's as far as the artwork's colors can be mapped to them, before the run (the same,
    /// section 2).</summary>
    Match,

    /// <summary>The photograph's, put back on a painting that was made with the artwork's.</summary>
    Content,
}

/// <summary>How the colors of one picture become those of another. S is the covariance of the picture's red, green and
/// blue, T that of the palette's.</summary>
public enum ColorMatchKind
{
    /// <summary>Mean and standard deviation of each channel by itself.</summary>
    MeanStd,

    /// <summary>Mean and covariance, by L_T·L_S⁻¹ of the Cholesky factors; red decides for green, both for
    /// blue.</summary>
    Cholesky,

    /// <summary>Mean and covariance, by T^½·S^−½ ("Image Analogies" in the paper): no channel comes first.</summary>
    Symmetric,

    /// <summary>Mean and covariance, by S^−½·(S^½·T·S^½)^½·S^−½: of all linear maps the one that changes the colors
    /// least (Pitié and Kokaram 2007).</summary>
    MongeKantorovich,

    /// <summary>The whole distribution of colors, by matching the histograms along many directions in turn (Pitié,
    /// Kokaram and Dahyot 2007).</summary>
    Histogram,
}
