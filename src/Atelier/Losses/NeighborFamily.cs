using Atelier.Engine;
using Atelier.Styles;

namespace Atelier.Losses;

/// <summary>Nearest-neighbor style losses, which compare each position with the most similar one of the
/// artworks.</summary>
/// <param name="engine">The engine of the feature maps.</param>
/// <param name="guideShare">Share of the photograph in the search, 0–1.</param>
/// <param name="balance">How far the search may move toward using all of the artworks equally.</param>
/// <param name="seed">Seed of the sampled positions.</param>
internal sealed class NeighborFamily(IEngine engine, double guideShare, double balance, int seed) : StyleFamily<FeatureSample>
{
    /// <summary>Feature vectors of an artwork among which neighbors are searched.</summary>
    internal const int Samples = 1200;

    internal override Problem? ProblemWithFile(int number) => null;

    internal override IStyleMeasure<FeatureSample> NewMeasure(StyleSite site, int channels, PositionWeights? where)
        => new FeatureSampler(engine, site.Layer, Samples, seed, where);

    internal override FeatureSample Keep(FeatureSample measured) => measured;

    internal override FeatureSample OfFile(SizedStatistics file, StyleSite site)
        => throw new NotImplementedException();

    internal override IStyleTerm NewLoss(
        StyleSite site, double weight, IReadOnlyList<(FeatureSample Statistics, double Share)> targets,
        PositionWeights? where, string? number)
    {
        int channels = targets[0].Statistics.Channels;
        float[] vectors = [.. targets.SelectMany(target =>
            target.Statistics.Vectors.Take(CountOf(target.Statistics, target.Share) * channels))];
        return new NearestNeighborLoss(
            engine, site.Layer, engine.CreateBank(channels, vectors), site.IsShallowest ? 0 : guideShare, balance, weight, where, number);
    }

    /// <summary>How many of its vectors an artwork contributes: as many as its share, none if it is to be moved away
    /// from.</summary>
    private static int CountOf(FeatureSample sample, double share)
        => share <= 0 ? 0 : Math.Clamp((int)Math.Round(Samples * share), 1, sample.Count);
}
