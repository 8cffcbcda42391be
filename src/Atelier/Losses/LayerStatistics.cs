using Atelier.Engine;
using Atelier.Engine.Statistics;

namespace Atelier.Losses;

/// <summary>The means of a layer's features and of their products, over the whole picture or a masked part of
/// it.</summary>
/// <param name="engine">The engine of the maps.</param>
/// <param name="layer">The layer.</param>
/// <param name="channels">Its channels.</param>
/// <param name="where">Weight of each position, owned by this object; null for equal weights.</param>
internal sealed class LayerStatistics(IEngine engine, string layer, int channels, PositionWeights? where)
    : IStyleMeasure<FeatureStatistics>
{
    private readonly MomentSums _sums = new(channels);
    private readonly FeatureStatistics _statistics = new(channels);

    /// <summary>Number of positions in the last statistics, or the sum of their weights.</summary>
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
