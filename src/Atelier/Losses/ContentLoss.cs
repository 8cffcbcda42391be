using Atelier.Engine;
using Atelier.Tensors;

namespace Atelier.Losses;

/// <summary>Feature reconstruction: how far the features F are from those of the content picture, P (Gatys et al. 2016,
/// equation 1, and two other conventions).</summary>
internal sealed class ContentLoss : IFeatureLoss
{
    private readonly IEngine _engine;
    private readonly FeatureMap _target;
    private readonly double _factor;
    private double _squaredDistance;

    /// <param name="target">P, copied.</param>
    internal ContentLoss(IEngine engine, string layer, FeatureMap target, ContentLossKind kind, double weight)
    {
        (_engine, Layer, Weight) = (engine, layer, weight);
        _target = engine.NewMap(target.Shape);
        engine.Copy(target, _target);
        _factor = kind switch
        {
            ContentLossKind.HalfSum => 0.5,
            ContentLossKind.QuarterMean => 0.25 / target.Shape.Count,
            _ => 1.0 / target.Shape.Count,
        };
    }

    public string Layer { get; }

    public double Weight { get; }

    public string Name => $"content {Layer}";

    public void Measure(FeatureMap features) => _squaredDistance += _engine.SquaredDistance(features, _target);

    public double Finish()
    {
        double value = _factor * _squaredDistance;
        _squaredDistance = 0;
        return value;
    }

    public void AddGradient(FeatureMap features, FeatureMap gradient)
        => _engine.AddScaledDifference(features, _target, (float)(2 * _factor * Weight), gradient);

    public void Dispose() => _target.Dispose();
}
