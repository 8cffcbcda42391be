namespace Atelier.Options;

/// <summary>Where the colors of the result come from.</summary>
public enum ColorKind
{
    /// <summary>From the artwork: the style statistics include its colors.</summary>
    Style,

    /// <summary>From the photograph, exactly: only luminance is painted (Gatys et al. 2016, "Preserving Color in Neural
    /// Artistic Style Transfer", section 3).</summary>
    Luminance,

    /// <summary>From the artwork after it has been recolored to match the photograph, before the run (same paper,
    /// section 2).</summary>
    Match,

    /// <summary>From the photograph: restored after painting in the artwork's colors.</summary>
    Content,
}

/// <summary>How the colors of one picture are matched to those of another. S is the covariance of the picture's red,
/// green and blue; T is the covariance of the palette's.</summary>
public enum ColorMatchKind
{
    /// <summary>Mean and standard deviation of each channel separately.</summary>
    MeanStd,

    /// <summary>Mean and covariance, by L_T·L_S⁻¹, where L are Cholesky factors; the result depends on the order of the
    /// channels.</summary>
    Cholesky,

    /// <summary>Mean and covariance, by T^½·S^−½ ("Image Analogies" in the paper); independent of the order of the
    /// channels.</summary>
    Symmetric,

    /// <summary>Mean and covariance, by S^−½·(S^½·T·S^½)^½·S^−½: the linear map that changes the colors least (Pitié
    /// and Kokaram 2007).</summary>
    MongeKantorovich,

    /// <summary>The full color distribution, by matching histograms along many directions in turn (Pitié, Kokaram and
    /// Dahyot 2007).</summary>
    Histogram,
}
