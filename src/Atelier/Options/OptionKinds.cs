namespace Atelier.Options;

/// <summary>The scale of the features that the losses compare. It differs between networks by orders of magnitude, and
/// the meaning of the loss weights would differ with it.</summary>
public enum ActivationMode
{
    /// <summary><see cref="Normalized"/> for networks that are chosen by name, <see cref="Original"/> for weight files
    /// and for the embedded network, whose activations are already normalized.</summary>
    Auto,

    /// <summary>As the network's weights produce them.</summary>
    Original,

    /// <summary>Each layer's activations divided by their mean over typical pictures, as in the normalized network of
    /// Gatys et al. 2015, so that loss weights mean the same for every network.</summary>
    Normalized,
}

/// <summary>How a loss is distributed over layers that have no explicit weight; layer weights are normalized to sum to
/// 1.</summary>
public enum LayerWeighting
{
    /// <summary>The same weight for every layer.</summary>
    Equal,

    /// <summary>2^(D−d) for the style and 2^d for the content, for the layer at depth d of D (Novak and Nikulin 2016,
    /// section 3.1).</summary>
    Geometric,
}

/// <summary>Convention of the content loss. F are the features of the painting and P those of the content picture,
/// H·W·C values each.</summary>
public enum ContentLossKind
{
    /// <summary>mean (F − P)².</summary>
    Mean,

    /// <summary>½ Σ (F − P)² (Gatys et al. 2016, equation 1).</summary>
    HalfSum,

    /// <summary>Σ (F − P)² / (4·H·W·C).</summary>
    QuarterMean,
}

/// <summary>What the style loss compares.</summary>
public enum StyleLossKind
{
    /// <summary>Gram matrices (Gatys et al. 2016).</summary>
    Gram,

    /// <summary>The Gaussian distributions of the feature vectors, by the squared 2-Wasserstein distance.</summary>
    Wasserstein,

    /// <summary>The mean and standard deviation of each channel.</summary>
    Moments,
}

/// <summary>The optimization method.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba 2015) with a running average of the iterates.</summary>
    Adam,

    /// <summary>Limited-memory BFGS with a strong-Wolfe line search (Nocedal and Wright 2006,
    /// chapters 3 and 7).</summary>
    Lbfgs,

    /// <summary>Gradient descent with a fixed step size.</summary>
    Gd,
}

/// <summary>What the painting is initialized with.</summary>
public enum InitKind
{
    /// <summary>The content picture.</summary>
    Content,

    /// <summary>Uniform noise.</summary>
    Noise,

    /// <summary>Middle gray with slight noise.</summary>
    Gray,

    /// <summary>Noise with the mean color and color covariance of the style pictures.</summary>
    StyleStats,

    /// <summary>A picture supplied by the caller.</summary>
    File,
}
