namespace Atelier.Engine.Statistics;

/// <summary>Running sums over the positions of feature maps: the number of positions, Σ f and Σ f·fᵀ of their feature
/// vectors f. This is all that a style loss needs of a picture, whatever its size and however it is divided into
/// pieces.</summary>
public sealed class MomentSums
{
    /// <summary>Creates empty sums.</summary>
    /// <param name="channels">Length of the feature vectors.</param>
    public MomentSums(int channels)
    {
        Channels = channels;
        Values = new double[channels];
        Products = new double[channels * channels];
    }

    /// <summary>Length of the feature vectors.</summary>
    public int Channels { get; }

    /// <summary>Number of positions added, or the sum of their weights.</summary>
    public double Count { get; set; }

    /// <summary>Σ f, one value per channel.</summary>
    public double[] Values { get; }

    /// <summary>Σ f·fᵀ, Channels × Channels, symmetric, in row-major order.</summary>
    public double[] Products { get; }

    /// <summary>Resets the sums to zero.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(Values);
        Array.Clear(Products);
    }
}

/// <summary>The derivative of a function of <see cref="MomentSums"/>.</summary>
public sealed class MomentGradient
{
    /// <summary>Creates a zero derivative.</summary>
    public MomentGradient(int channels)
    {
        Values = new double[channels];
        Products = new double[channels * channels];
    }

    /// <summary>Derivative with respect to Σ f.</summary>
    public double[] Values { get; }

    /// <summary>Derivative with respect to Σ f·fᵀ, treated as symmetric: Channels × Channels, in row-major
    /// order.</summary>
    public double[] Products { get; }

    /// <summary>Resets the derivative to zero.</summary>
    public void Clear()
    {
        Array.Clear(Values);
        Array.Clear(Products);
    }
}
