namespace Atelier.Engine.Statistics;

/// <summary>What a style is at one layer: mean μ and second raw moment R = Σ f·fᵀ / M of the layer's feature vectors f
/// over its M positions.</summary>
/// <remarks>R is the Gram matrix (Gatys et al. 2016, equation 3) divided by the number of positions, so that pictures
/// of different size can be compared. Blending is linear in μ and R, not in covariances.</remarks>
public sealed class FeatureStatistics
{
    // Of a feature; less is not told from none.
    private const double LeastVariance = 1e-4;

    /// <summary>Statistics from running sums.</summary>
    /// <exception cref="ArgumentException">Nothing was summed.</exception>
    public FeatureStatistics(MomentSums sums) : this(sums?.Channels ?? throw new ArgumentNullException(nameof(sums)))
        => Set(sums);

    /// <summary>Statistics of zero, to be set.</summary>
    internal FeatureStatistics(int channels)
    {
        Channels = channels;
        Mean = new double[channels];
        SecondMoment = new double[channels * channels];
    }

    /// <summary>Channels of the layer.</summary>
    public int Channels { get; }

    /// <summary>μ, of Channels entries.</summary>
    public double[] Mean { get; }

    /// <summary>R, Channels × Channels, row by row, symmetric.</summary>
    public double[] SecondMoment { get; }

    /// <summary>Σ = R − μ·μᵀ + ridge·I into a matrix of the same layout.</summary>
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

    /// <summary>The weighted sum of statistics of one layer, in μ and R. With a negative weight it may ask for less
    /// than no variance in some direction, and becomes the nearest that does not.</summary>
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

    /// <summary>Statistics of a style in single precision, as style files hold them: a run from the file has the bytes
    /// of a run from the artwork.</summary>
    internal static FeatureStatistics Rounded(MomentSums sums) => new FeatureStatistics(sums).ToSingle();

    /// <summary>The same numbers, of their own.</summary>
    internal FeatureStatistics Copy() => Blend([(this, 1)]);

    /// <summary>What parts of a target become when it lies a share of the way toward these statistics.</summary>
    internal static (FeatureStatistics Statistics, double Weight)[] Drawn(
        IEnumerable<(FeatureStatistics Statistics, double Weight)> parts, FeatureStatistics toward, double share)
        => [.. parts.Select(part => (part.Statistics, (1 - share) * part.Weight)), (toward, share)];

    /// <summary>Rounds these to single precision. Returns them.</summary>
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
            throw new ArgumentException("No position was summed.", nameof(sums));
        }

        Array.Clear(Mean);
        Array.Clear(SecondMoment);
        AddScaled(sums.Values, 1 / sums.Count, Mean);
        AddScaled(sums.Products, 1 / sums.Count, SecondMoment);
    }

    /// <summary>Replaces Σ by its positive part.</summary>
    private void RaiseVariance()
    {
        Covariance(0, SecondMoment);
        PositivePart.Take(Channels, SecondMoment, LeastVariance);
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
