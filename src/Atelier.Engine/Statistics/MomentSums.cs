namespace Atelier.Engine.Statistics;

/// <summary>Running sums over the positions of feature maps: how many, Σ f and Σ f·fᵀ of their feature vectors f. All
/// that a style loss needs to know of a picture, however large, and in whatever pieces, it is visited.</summary>
public sealed class MomentSums
{
    /// <summary>Empty sums.</summary>
    /// <param name="channels">Length of the feature vectors.</param>
    public MomentSums(int channels)
    {
        Channels = channels;
        Values = new double[channels];
        Products = new double[channels * channels];
    }

    /// <summary>Length of the feature vectors.</summary>
    public int Channels { get; }

    /// <summary>Positions that were added; the sum of their weights if they had some.</summary>
    public double Count { get; set; }

    /// <summary>Σ f, of Channels entries.</summary>
    public double[] Values { get; }

    /// <summary>Σ f·fᵀ, Channels × Channels, row by row, symmetric.</summary>
    public double[] Products { get; }

    /// <summary>Empties the sums.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(Values);
        Array.Clear(Products);
    }
}

/// <summary>Derivative of a function of <see cref="MomentSums"/>.</summary>
public sealed class MomentGradient
{
    /// <summary>A derivative of zero.</summary>
    public MomentGradient(int channels)
    {
        Values = new double[channels];
        Products = new double[channels * channels];
    }

    /// <summary>With respect to Σ f.</summary>
    public double[] Values { get; }

    /// <summary>With respect to Σ f·fᵀ, taken as symmetric: Channels × Channels, row by row.</summary>
    public double[] Products { get; }

    /// <summary>Back to zero.</summary>
    public void Clear()
    {
        Array.Clear(Values);
        Array.Clear(Products);
    }
}
