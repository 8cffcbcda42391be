using Atelier.Engine;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>Nearest-neighbor style losses, which compare each position with the most similar one of the
/// artworks.</summary>
/// <param name="engine">The engine of the feature maps.</param>
/// <param name="guideShare">Share of the photograph in the search, 0–1.</param>
/// <param name="balance">How far the search may move toward using all of the artworks equally.</param>
/// <param name="seed">Seed of the sampled positions.</param>
internal sealed class NeighborFamily(IEngine engine, double guideShare, double balance, int seed)
    : StyleFamily<FeatureSample>
{
    /// <summary>Feature vectors of an artwork among which neighbors are searched.</summary>
    internal const int Samples = 1200;

    internal override IStyleMeasure<FeatureSample> NewMeasure(StyleSite site, int channels, PositionWeights? where)
        => new FeatureSampler(engine, site.Layer, Samples, seed, where);

    internal override FeatureSample Keep(FeatureSample measured) => measured;

    internal override FeatureSample OfFile(SizedStatistics file, StyleSite site)
        => file.Samples[site.Layer];

    internal override IStyleTerm NewLoss(
        StyleSite site, double weight, IReadOnlyList<(FeatureSample Statistics, double Share)> targets,
        PositionWeights? where, string? number)
    {
        FeatureSample sample = FeatureSample.Blend(targets, Samples);
        return new NearestNeighborLoss(
            engine, site.Layer, engine.CreateBank(sample.Channels, sample.Vectors),
            guideShare, balance, weight, where, number);
    }
}
