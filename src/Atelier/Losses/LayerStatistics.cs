using Atelier.Engine;
using Atelier.Engine.Statistics;

namespace Atelier.Losses;

/// <summary>The means of a layer's features and of their products, over the whole picture or a place in it.</summary>
/// <param name="engine">Whose maps are measured.</param>
/// <param name="layer">The layer.</param>
/// <param name="channels">Its channels.</param>
/// <param name="where">How much each position counts, owned from here on; null when all count the same.</param>
internal sealed class LayerStatistics(IEngine engine, string layer, int channels, WeightPlane? where)
    : IStyleMeasure<FeatureStatistics>
{
    private readonly MomentSums _sums = new(channels);
    private readonly FeatureStatistics _statistics = new(channels);

    /// <summary>Positions that the last statistics are means over, or the sum of their weights.</summary>
    internal double Positions { get; private set; }

    public void Measure(string shown, FeatureMap features, Rows rows)
    {
        if (shown == layer)
        {
            engine.AddMoments(features, _sums, rows, where);
        }
    }

    public FeatureStatistics Finish()
    {
        _statistics.Set(_sums);
        Positions = _sums.Count;
        _sums.Clear();
        return _statistics;
    }

    public void Dispose() => where?.Dispose();
}
