using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Engine.Statistics;

namespace Atelier.Losses;

/// <summary>A style loss at one layer: a distance between feature statistics, over the whole picture or a masked part
/// of it. </summary>
internal sealed class StyleLoss : IStyleTerm
{
    private readonly IEngine _engine;
    private readonly PositionWeights? _where;
    private readonly IStyleDistance _distance;
    private readonly LayerStatistics _statistics;
    private readonly MomentGradient _derivative;
    private IStyleDistance? _anchored;

    /// <param name="where">Weight of each position of the layer, owned by this object; null for equal weights.</param>
    /// <param name="styles">The numbers of the styles, for the name; null for all.</param>
    internal StyleLoss(
        IEngine engine, string layer, int channels, IStyleDistance distance, double weight,
        PositionWeights? where = null, string? styles = null)
    {
        (_engine, Layers, _distance, Weight, _where) = (engine, [layer], distance, weight, where);
        Name = styles is null ? $"style {layer}" : $"style {styles} {layer}";
        _statistics = new LayerStatistics(engine, layer, channels, where);
        _derivative = new MomentGradient(channels);
    }

    public LossKind Kind => LossKind.Style;

    public ImmutableArray<string> Layers { get; }

    public double Weight { get; }

    public string Name { get; }

    public bool IgnoresAnchor { get; set; }

    public void Measure(string layer, FeatureMap features, Rows rows) => _statistics.Measure(layer, features, rows);

    public double Finish()
    {
        IStyleDistance distance = IgnoresAnchor ? _distance : _anchored ?? _distance;
        double value = distance.Evaluate(_statistics.Finish(), _derivative.Values, _derivative.Products);

        // μ and R are the sums divided by the number of positions or by the sum of their weights.
        double scale = Weight / _statistics.Positions;
        Scale(_derivative.Values, scale);
        Scale(_derivative.Products, scale);
        return value;
    }

    public void Anchor(double share) => _anchored = _distance.Toward(_statistics.Finish().Copy(), share);

    public void AddGradient(string layer, FeatureMap features, FeatureMap gradient, Rows rows)
        => _engine.AddMomentsGradient(features, _derivative, gradient, rows, _where);

    public void Dispose() => _statistics.Dispose();

    private static void Scale(double[] values, double scale)
    {
        foreach (ref double value in values.AsSpan())
            value *= scale;
    }
}
