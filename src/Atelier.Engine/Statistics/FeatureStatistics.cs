namespace Atelier.Engine.Statistics;

/// <summary>The statistics of a style at one layer: the mean μ and the second raw moment R = Σ f·fᵀ / M of the feature
/// vectors f over the M positions of the layer.</summary>
/// <remarks>R is the Gram matrix (Gatys et al. 2016, equation 3) divided by the number of positions, so that pictures
/// of different size can be compared. Blending is linear in μ and R, not in covariances.</remarks>
public sealed class FeatureStatistics
{
    // Minimum variance of a feature; anything less is treated as zero.
    private const double MinVariance = 1e-4;

    /// <summary>Computes statistics from running sums.</summary>
    /// <exception cref="ArgumentException">The sums are empty.</exception>
    public FeatureStatistics(MomentSums sums) : this(sums?.Channels ?? throw new ArgumentNullException(nameof(sums)))
        => Set(sums);

    /// <summary>Creates zero statistics, to be filled.</summary>
    internal FeatureStatistics(int channels)
    {
        Channels = channels;
        Mean = new double[channels];
        SecondMoment = new double[channels * channels];
    }

    /// <summary>Number of channels of the layer.</summary>
    public int Channels { get; }

    /// <summary>The mean μ, one value per channel.</summary>
    public double[] Mean { get; }

    /// <summary>The second moment R, Channels × Channels, symmetric, in row-major order.</summary>
    public double[] SecondMoment { get; }

    /// <summary>Writes the covariance Σ = R − μ·μᵀ + ridge·I to a matrix of the same layout.</summary>
    public void Covariance(double ridge, double[] target)
    {
        ArgumentNullException.ThrowIfNull(target);
        for (int row = 0; row < Channels; row++)
        {
            for (int column = 0; column < Channels; column++)
            {
                int i = (row * Channels) + column;
                target[i] = SecondMoment[i] - (Mean[row] * Mean[column]);
            }

            target[(row * Channels) + row] += ridge;
        }
    }

    /// <summary>Returns the weighted sum of statistics of the same layer, in μ and R. If negative weights make the
    /// covariance indefinite, it is replaced by the nearest positive semidefinite matrix.</summary>
    public static FeatureStatistics Blend(IReadOnlyList<(FeatureStatistics Statistics, double Weight)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        FeatureStatistics blend = new(parts[0].Statistics.Channels);
        foreach ((FeatureStatistics statistics, double weight) in parts)
        {
            AddScaled(statistics.Mean, weight, blend.Mean);
            AddScaled(statistics.SecondMoment, weight, blend.SecondMoment);
        }

        if (parts.Any(part => part.Weight < 0))
        {
            blend.RaiseVariance();
        }

        return blend;
    }

    /// <summary>Computes the statistics of a style, rounded to single precision as in style files, so that a run from
    /// the file produces the same bytes as a run from the artwork.</summary>
    internal static FeatureStatistics Rounded(MomentSums sums) => new FeatureStatistics(sums).ToSingle();

    /// <summary>Returns a copy.</summary>
    internal FeatureStatistics Copy() => Blend([(this, 1)]);

    /// <summary>Interpolates the parts of a target toward given statistics.</summary>
    internal static (FeatureStatistics Statistics, double Weight)[] MovedToward(
        IEnumerable<(FeatureStatistics Statistics, double Weight)> parts, FeatureStatistics toward, double share)
        => [.. parts.Select(part => (part.Statistics, (1 - share) * part.Weight)), (toward, share)];

    /// <summary>Rounds the statistics to single precision in place and returns them.</summary>
    internal FeatureStatistics ToSingle()
    {
        Round(Mean);
        Round(SecondMoment);
        return this;
    }

    internal void Set(MomentSums sums)
    {
        if (sums.Count <= 0)
        {
            throw new ArgumentException("The sums contain no positions.", nameof(sums));
        }

        Array.Clear(Mean);
        Array.Clear(SecondMoment);
        AddScaled(sums.Values, 1 / sums.Count, Mean);
        AddScaled(sums.Products, 1 / sums.Count, SecondMoment);
    }

    /// <summary>Replaces the covariance by its positive part.</summary>
    private void RaiseVariance()
    {
        Covariance(0, SecondMoment);
        PositivePart.Take(Channels, SecondMoment, MinVariance);
        for (int i = 0; i < SecondMoment.Length; i++)
            SecondMoment[i] += Mean[i / Channels] * Mean[i % Channels];
    }

    private static void Round(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)values[i];
    }

    private static void AddScaled(double[] source, double scale, double[] target)
    {
        for (int i = 0; i < source.Length; i++)
            target[i] += scale * source[i];
    }
}
