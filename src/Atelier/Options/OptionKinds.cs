namespace Atelier.Options;

/// <summary>How large the features are that losses compare. Networks differ in it by orders of magnitude, and so would
/// what a strength means.</summary>
public enum Activations
{
    /// <summary><see cref="Normalized"/> for networks that are published under a name, <see cref="Original"/> for
    /// weight files, and for the embedded network, whose activations are normalized as they are.</summary>
    Auto,

    /// <summary>As the weights give them.</summary>
    Original,

    /// <summary>Each layer's divided by their mean over typical pictures, as in the network of Gatys et al. 2015: then
    /// strengths mean the same for every network.</summary>
    Normalized,
}

/// <summary>How layers without weights of their own share a term; weights are normalized to sum 1.</summary>
public enum LayerWeighting
{
    /// <summary>The same for each layer.</summary>
    Equal,

    /// <summary>Style 2^(D−d), content 2^d for the layer at depth d of D
    /// (Novak and Nikulin 2016, section 3.1).</summary>
    Geometric,
}

/// <summary>Convention of the content loss; F are the features, P those of the content picture,
/// each of H·W·C values.</summary>
public enum ContentLossKind
{
    /// <summary>mean (F − P)².</summary>
    Mean,

    /// <summary>½ Σ (F − P)² (Gatys et al. 2016, equation 1).</summary>
    HalfSum,

    /// <summary>Σ (F − P)² / (4·H·W·C).</summary>
    QuarterMean,
}

/// <summary>What a style loss compares.</summary>
public enum StyleLossKind
{
    /// <summary>Gram matrices (Gatys et al. 2016).</summary>
    Gram,

    /// <summary>Gaussians of the feature vectors, by the squared 2-Wasserstein distance.</summary>
    Wasserstein,

    /// <summary>Means and standard deviations of the channels.</summary>
    Moments,
}

/// <summary>The optimization method.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba 2015) with averaging of the iterates.</summary>
    Adam,

    /// <summary>Limited-memory BFGS with a strong-Wolfe line search (Nocedal and Wright 2006,
    /// chapters 3 and 7).</summary>
    Lbfgs,

    /// <summary>Gradient descent with a fixed step.</summary>
    Gd,
}

/// <summary>What the optimization starts from.</summary>
public enum InitKind
{
    /// <summary>The content picture.</summary>
    Content,

    /// <summary>Uniform noise.</summary>
    Noise,

    /// <summary>Middle gray with a trace of noise.</summary>
    Gray,

    /// <summary>Noise of the style pictures' mean color and color covariance.</summary>
    StyleStats,

    /// <summary>A picture that is given.</summary>
    File,
}
