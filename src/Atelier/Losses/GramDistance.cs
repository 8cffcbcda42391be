using Atelier.Engine.Statistics;

namespace Atelier.Losses;

/// <summary>Distance between Gram matrices: Σ (G − A)² ⁄ (4·C²), where G = (F + s)(F + s)ᵀ ⁄ M. The distances to
/// several styles are summed with their weights.</summary>
/// <remarks>Gatys et al. 2016, equation 4; the shift s is Novak and Nikulin 2016, section 3.3. Differs from Gatys et
/// al.: each Gram matrix is divided by its own picture's number of positions, because the pictures may differ in size.
/// For equal sizes the value is the paper's.</remarks>
internal sealed class GramDistance(
    IReadOnlyList<(FeatureStatistics Statistics, double Weight)> styles, double shift) : IStyleDistance
{
    private readonly (double[] Gram, double Weight)[] _targets =
        [.. styles.Select(style => (ShiftedGram(style.Statistics, shift), style.Weight))];

    private double[] _gram = [];

    public double Evaluate(FeatureStatistics statistics, double[] meanDerivative, double[] momentDerivative)
    {
        int channels = statistics.Channels;
        double scale = 1.0 / (4.0 * channels * channels), sum = 0;
        if (_gram.Length == 0)
        {
            _gram = new double[channels * channels];
        }

        FillShiftedGram(statistics, shift, _gram);
        Array.Clear(momentDerivative);
        foreach ((double[] target, double weight) in _targets)
        {
            for (int i = 0; i < _gram.Length; i++)
            {
                double difference = _gram[i] - target[i];
                sum += weight * difference * difference;
                momentDerivative[i] += 2 * scale * weight * difference;
            }
        }

        // G = R + s·(μ·1ᵀ + 1·μᵀ) + s², so each μ stands in a row and a column of G.
        for (int row = 0; row < channels; row++)
        {
            double rowSum = 0;
            for (int column = 0; column < channels && shift != 0; column++)
                rowSum += momentDerivative[(row * channels) + column];
            meanDerivative[row] = 2 * shift * rowSum;
        }

        return scale * sum;
    }

    public IStyleDistance Toward(FeatureStatistics statistics, double share)
        => new GramDistance(FeatureStatistics.MovedToward(styles, statistics, share), shift);

    private static double[] ShiftedGram(FeatureStatistics statistics, double shift)
    {
        double[] gram = new double[statistics.SecondMoment.Length];
        FillShiftedGram(statistics, shift, gram);
        return gram;
    }

    private static void FillShiftedGram(FeatureStatistics statistics, double shift, double[] gram)
    {
        int channels = statistics.Channels;
        for (int row = 0; row < channels; row++)
        {
            for (int column = 0; column < channels; column++)
            {
                int i = (row * channels) + column;
                gram[i] = statistics.SecondMoment[i]
                    + (shift * (statistics.Mean[row] + statistics.Mean[column])) + (shift * shift);
            }
        }
    }
}
