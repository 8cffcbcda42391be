using System.Collections.Immutable;
using Atelier.Engine;

namespace Atelier.Losses;

/// <summary>A style loss for two layers: Σ (G − A)² ⁄ (4·C·C′), where G is their correlation, with C and C′ channels,
/// over the whole picture or a masked part of it, and A is that of the style. The losses of several styles are summed
/// with their weights.</summary>
/// <remarks>One term of the correlation chain of Novak and Nikulin 2016, section 3.5.</remarks>
internal sealed class CorrelationLoss : IStyleTerm
{
    private readonly IEngine _engine;
    private readonly LayerCorrelation _correlation;
    private readonly PositionWeights? _where;
    private readonly float _shift;
    private readonly IReadOnlyList<(double[] Gram, double Weight)> _styles;
    private readonly double[] _byShallower;
    private readonly double[] _byDeeper;
    private IReadOnlyList<(double[] Gram, double Weight)>? _anchored;

    /// <param name="where">Weight of each position of the shallower layer, owned by this object; null for equal
    /// weights.</param>
    /// <param name="number">The numbers of the styles, for the name; null for all.</param>
    internal CorrelationLoss(
        IEngine engine, string deeper, string shallower, double shift,
        IReadOnlyList<(double[] Gram, double Weight)> styles, double weight, PositionWeights? where = null,
        string? number = null)
    {
        (_engine, _shift, _styles, Weight, _where) = (engine, (float)shift, styles, weight, where);
        _correlation = new LayerCorrelation(engine, deeper, shallower, shift, where);
        Layers = [shallower, deeper];
        Name = $"style {(number is null ? "" : $"{number} ")}{shallower} {deeper}";
        _byDeeper = new double[styles[0].Gram.Length];
        _byShallower = new double[styles[0].Gram.Length];
    }

    public LossKind Kind => LossKind.Style;

    public ImmutableArray<string> Layers { get; }

    public double Weight { get; }

    public string Name { get; }

    public bool IgnoresAnchor { get; set; }

    public void Measure(string layer, FeatureMap features, Rows rows) => _correlation.Measure(layer, features, rows);

    public double Finish()
    {
        double[] gram = _correlation.Finish();
        IReadOnlyList<(double[] Gram, double Weight)> targets = IgnoresAnchor ? _styles : _anchored ?? _styles;
        int rows = _correlation.DeeperFeatures!.Shape.Channels, columns = gram.Length / rows;
        double scale = 0.25 / gram.Length, sum = 0;

        // The Gram matrix is the sum of products divided by the number of positions.
        double slope = 2 * scale * Weight / _correlation.Positions;
        for (int i = 0; i < gram.Length; i++)
        {
            double derivative = 0;
            foreach ((double[] target, double weight) in targets)
            {
                double difference = gram[i] - target[i];
                sum += weight * difference * difference;
                derivative += weight * difference;
            }

            _byShallower[i] = slope * derivative;
            _byDeeper[(i % columns * rows) + (i / columns)] = slope * derivative;
        }

        return scale * sum;
    }

    public void Anchor(double share)
        => _anchored =
        [
            .. _styles.Select(style => (style.Gram, (1 - share) * style.Weight)),
            ((double[])_correlation.Finish().Clone(), share),
        ];

    public void AddGradient(string layer, FeatureMap features, FeatureMap gradient, Rows rows)
    {
        bool isDeeper = layer == _correlation.Deeper;
        FeatureMap other = isDeeper ? _correlation.ShallowerFeatures! : _correlation.DeeperFeatures!;
        _engine.AddCrossMomentsGradient(
            features, other, _shift, isDeeper ? _byDeeper : _byShallower, gradient, rows, _where);
    }

    public void Dispose() => _correlation.Dispose();
}
