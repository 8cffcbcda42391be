using Atelier.Statistics;

namespace Atelier.Losses;

/// <summary>Squared 2-Wasserstein distance of the Gaussians (μ, Σ) of the feature vectors, with Σ = R − μ·μᵀ + 10⁻⁴·I:
/// mean (μ − μₜ)² + tr(Σₜ + Σ − 2·(Σₜ^½·Σ·Σₜ^½)^½) ⁄ C (the style loss of style-transfer-pytorch). Several styles are
/// blended in μ and R before Σₜ is formed.</summary>
internal sealed class WassersteinDistance : IStyleDistance
{
    private const double Ridge = 1e-4;

    // The least eigenvalue of Σₜ^½·Σ·Σₜ^½ is Ridge²; below a ten-thousandth of it there is only rounding.
    private const double LeastEigenvalue = 1e-12;

    private readonly int _channels;
    private readonly double[] _targetMean;
    private readonly double[] _targetRoot;
    private readonly double _targetTrace;
    private readonly MatrixSquareRoot _squareRoot;
    private readonly double[] _covariance;
    private readonly double[] _product;
    private readonly double[] _middle;

    internal WassersteinDistance(IReadOnlyList<(FeatureStatistics Statistics, double Weight)> styles)
    {
        FeatureStatistics target = FeatureStatistics.Blend(styles);
        _channels = target.Channels;
        _targetMean = target.Mean;
        _squareRoot = new MatrixSquareRoot(_channels);
        _covariance = new double[_channels * _channels];
        _product = new double[_channels * _channels];
        _middle = new double[_channels * _channels];
        _targetRoot = new double[_channels * _channels];
        target.Covariance(Ridge, _covariance);
        _targetTrace = Trace(_covariance);
        _squareRoot.Root(_covariance, _targetRoot);
    }

    public double Evaluate(FeatureStatistics statistics, double[] meanDerivative, double[] momentDerivative)
    {
        statistics.Covariance(Ridge, _covariance);
        SquareMatrix.Multiply(_channels, _targetRoot, _covariance, _product);
        SquareMatrix.Multiply(_channels, _product, _targetRoot, _middle);
        double rootTrace = _squareRoot.RootTraceAndInverse(_middle, _targetRoot, LeastEigenvalue, momentDerivative);
        double value = (_targetTrace + Trace(_covariance) - (2 * rootTrace)) / _channels;

        // d tr(2·A^½) = tr(A^−½ dA), so d ⁄ dΣ = (I − Σₜ^½·A^−½·Σₜ^½) ⁄ C; and Σ = R − μ·μᵀ.
        for (int i = 0; i < momentDerivative.Length; i++)
            momentDerivative[i] = ((i % (_channels + 1) == 0 ? 1 : 0) - momentDerivative[i]) / _channels;
        for (int row = 0; row < _channels; row++)
        {
            double difference = statistics.Mean[row] - _targetMean[row];
            value += difference * difference / _channels;
            ReadOnlySpan<double> derivativeRow = momentDerivative.AsSpan(row * _channels, _channels);
            meanDerivative[row] = (2 * difference / _channels) - (2 * SquareMatrix.Dot(derivativeRow, statistics.Mean));
        }

        return value;
    }

    private double Trace(double[] matrix)
    {
        double trace = 0;
        for (int i = 0; i < _channels; i++)
            trace += matrix[(i * _channels) + i];
        return trace;
    }
}
