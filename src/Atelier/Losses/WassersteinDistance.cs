using Atelier.Engine.Statistics;

namespace Atelier.Losses;

/// <summary>Squared 2-Wasserstein distance between Gaussians (μ, Σ) fitted to the feature vectors, with Σ = R − μ·μᵀ +
/// 10⁻⁴·I: mean (μ − μₜ)² + tr(Σₜ + Σ − 2·(Σₜ^½·Σ·Σₜ^½)^½) ⁄ C (the style loss of style-transfer-pytorch). Several
/// styles are blended in μ and R before Σₜ is computed.</summary>
internal sealed class WassersteinDistance : IStyleDistance
{
    private const double Ridge = 1e-4;

    private readonly int _channels;
    private readonly FeatureStatistics _target;
    private readonly double _targetTrace;
    private readonly GaussianTransport _transport;
    private readonly double[] _covariance;

    internal WassersteinDistance(IReadOnlyList<(FeatureStatistics Statistics, double Weight)> styles)
    {
        FeatureStatistics target = FeatureStatistics.Blend(styles);
        _channels = target.Channels;
        _target = target;
        _covariance = new double[_channels * _channels];
        target.Covariance(Ridge, _covariance);
        _targetTrace = Trace(_covariance);
        _transport = new GaussianTransport(_channels, _covariance, Ridge);
    }

    public double Evaluate(FeatureStatistics statistics, double[] meanDerivative, double[] momentDerivative)
    {
        statistics.Covariance(Ridge, _covariance);
        double rootTrace = _transport.Evaluate(_covariance, momentDerivative);
        double value = (_targetTrace + Trace(_covariance) - (2 * rootTrace)) / _channels;

        // d tr(2·A^½) = tr(A^−½ dA), so d ⁄ dΣ = (I − T) ⁄ C with the transport map T; and Σ = R − μ·μᵀ.
        for (int i = 0; i < momentDerivative.Length; i++)
            momentDerivative[i] /= -_channels;
        for (int row = 0; row < _channels; row++)
        {
            momentDerivative[(row * _channels) + row] += 1.0 / _channels;
            double difference = statistics.Mean[row] - _target.Mean[row];
            value += difference * difference / _channels;
            ReadOnlySpan<double> derivativeRow = momentDerivative.AsSpan(row * _channels, _channels);
            double alongMean = RowOperations.Dot(derivativeRow, statistics.Mean);
            meanDerivative[row] = (2 * difference / _channels) - (2 * alongMean);
        }

        return value;
    }

    public IStyleDistance Toward(FeatureStatistics statistics, double share)
        => new WassersteinDistance(FeatureStatistics.MovedToward([(_target, 1)], statistics, share));

    private double Trace(double[] matrix)
    {
        double trace = 0;
        for (int i = 0; i < _channels; i++)
            trace += matrix[(i * _channels) + i];
        return trace;
    }
}
