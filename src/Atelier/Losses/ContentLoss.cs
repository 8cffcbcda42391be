using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Engine;
using Atelier.Options;

namespace Atelier.Losses;

/// <summary>Feature reconstruction loss: the distance between the features F and those of the content picture, P (Gatys
/// et al. 2016, equation 1, and two other conventions). It may count more at some positions than at others.</summary>
internal sealed class ContentLoss : IContentTerm
{
    private readonly IEngine _engine;
    private readonly FeatureMap _target;
    private readonly double _factor;
    private PositionWeights? _salience;
    private double _squaredDistance;

    /// <summary>Creates a loss whose target has not been set yet.</summary>
    internal ContentLoss(IEngine engine, string layer, Shape shape, ContentLossKind kind, double weight)
    {
        (_engine, Layers, Weight) = (engine, [layer], weight);
        _target = engine.CreateMap(shape);
        _factor = kind switch
        {
            ContentLossKind.HalfSum => 0.5,
            ContentLossKind.QuarterMean => 0.25 / shape.Count,
            ContentLossKind.Mean => 1.0 / shape.Count,
            _ => throw new UnreachableException($"There is no content loss {kind}."),
        };
    }

    public LossKind Kind => LossKind.Content;

    public ImmutableArray<string> Layers { get; }

    public double Weight { get; }

    public string Name => $"content {Layers[0]}";

    public void SetTarget(string layer, FeatureMap features, Rows rows, PositionWeights? salience = null)
    {
        _engine.Copy(features, _target, rows);
        _salience = salience;
    }

    public void Measure(string layer, FeatureMap features, Rows rows)
        => _squaredDistance += _engine.SquaredDistance(features, _target, rows, _salience);

    public double Finish()
    {
        double value = _factor * _squaredDistance;
        _squaredDistance = 0;
        return value;
    }

    public void AddGradient(string layer, FeatureMap features, FeatureMap gradient, Rows rows)
        => _engine.AddScaledDifference(
            features, _target, (float)(2 * _factor * Weight), gradient, rows, _salience);

    public void Dispose() => _target.Dispose();
}
