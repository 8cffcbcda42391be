using Atelier.Engine;
using Atelier.Engine.Statistics;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>Style losses that are functions of the mean and second moment at a single layer, which style files
/// store.</summary>
/// <param name="engine">The engine of the feature maps.</param>
/// <param name="distanceTo">Creates the distance to styles whose weights sum to 1.</param>
internal sealed class MomentFamily(
    IEngine engine, Func<IReadOnlyList<(FeatureStatistics Statistics, double Weight)>, IStyleDistance> distanceTo)
    : StyleFamily<FeatureStatistics>
{
    internal override IStyleMeasure<FeatureStatistics> NewMeasure(StyleSite site, int channels, PositionWeights? where)
        => new LayerStatistics(engine, site.Layer, channels, where);

    internal override FeatureStatistics Keep(FeatureStatistics measured) => measured.ToSingle();

    internal override FeatureStatistics OfFile(SizedStatistics file, StyleSite site) => file.Layers[site.Layer];

    internal override IStyleTerm NewLoss(
        StyleSite site, double weight, IReadOnlyList<(FeatureStatistics Statistics, double Share)> targets,
        PositionWeights? where, string? number)
        => new StyleLoss(
            engine, site.Layer, targets[0].Statistics.Channels, distanceTo(targets), weight, where, number);
}
