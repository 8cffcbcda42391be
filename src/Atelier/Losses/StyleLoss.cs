using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Statistics;
using Atelier.Tensors;

namespace Atelier.Losses;

/// <summary>A style term at one layer: a distance of feature statistics.</summary>
internal sealed class StyleLoss : IFeatureLoss
{
    private readonly IEngine _engine;
    private readonly IStyleDistance _distance;
    private readonly MomentSums _sums;
    private readonly FeatureStatistics _statistics;
    private readonly MomentGradient _derivative;

    internal StyleLoss(IEngine engine, string layer, int channels, IStyleDistance distance, double weight)
    {
        (_engine, Layers, _distance, Weight) = (engine, [layer], distance, weight);
        _sums = new MomentSums(channels);
        _statistics = new FeatureStatistics(channels);
        _derivative = new MomentGradient(channels);
    }

    public ImmutableArray<string> Layers { get; }

    public double Weight { get; }

    public string Name => $"style {Layers[0]}";

    public void Measure(string layer, FeatureMap features, Rows rows) => _engine.AddMoments(features, _sums, rows);

    public double Finish()
    {
        _statistics.Set(_sums);
        double value = _distance.Evaluate(_statistics, _derivative.Values, _derivative.Products);

        // μ and R are the sums divided by the positions.
        double scale = Weight / _sums.Count;
        Scale(_derivative.Values, scale);
        Scale(_derivative.Products, scale);
        _sums.Clear();
        return value;
    }

    public void AddGradient(string layer, FeatureMap features, FeatureMap gradient, Rows rows)
        => _engine.AddMomentsGradient(features, _derivative, gradient, rows);

    public void Dispose() { }

    private static void Scale(double[] values, double scale)
    {
        foreach (ref double value in values.AsSpan())
            value *= scale;
    }
}
