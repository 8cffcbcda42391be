using Atelier.Engine.Statistics;

namespace Atelier.Losses;

/// <summary>Distance between the channels' means and standard deviations: mean (μ − μₜ)² + mean (σ − σₜ)² (the style
/// loss of Huang and Belongie 2017, equation 13, with squared differences). The distances to several styles are summed
/// with their weights.</summary>
/// <remarks>σ = √(R − μ² + 10⁻⁸), because the square root has no derivative for an inactive channel.</remarks>
internal sealed class MomentsDistance(
    IReadOnlyList<(FeatureStatistics Statistics, double Weight)> styles) : IStyleDistance
{
    private const double Ridge = 1e-8;

    public double Evaluate(FeatureStatistics statistics, double[] meanDerivative, double[] momentDerivative)
    {
        int channels = statistics.Channels;
        double sum = 0;
        Array.Clear(momentDerivative);
        for (int c = 0; c < channels; c++)
        {
            double mean = statistics.Mean[c], deviation = Deviation(statistics, c);
            double byMean = 0, byDeviation = 0;
            foreach ((FeatureStatistics target, double weight) in styles)
            {
                double meanDifference = mean - target.Mean[c], deviationDifference = deviation - Deviation(target, c);
                sum += weight * ((meanDifference * meanDifference) + (deviationDifference * deviationDifference));
                byMean += 2 * weight * meanDifference / channels;
                byDeviation += 2 * weight * deviationDifference / channels;
            }

            momentDerivative[(c * channels) + c] = byDeviation / (2 * deviation);
            meanDerivative[c] = byMean - (byDeviation * mean / deviation);
        }

        return sum / channels;
    }

    public IStyleDistance Toward(FeatureStatistics statistics, double share)
        => new MomentsDistance(FeatureStatistics.MovedToward(styles, statistics, share));

    private static double Deviation(FeatureStatistics statistics, int channel)
    {
        double mean = statistics.Mean[channel];
        double variance = statistics.SecondMoment[(channel * statistics.Channels) + channel] - (mean * mean);
        return Math.Sqrt(Math.Max(0, variance) + Ridge);
    }
}
