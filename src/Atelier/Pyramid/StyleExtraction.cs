using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Statistics;

namespace Atelier.Pyramid;

/// <summary>Measures artworks at the sizes at which a run may want them.</summary>
internal static class StyleExtraction
{
    /// <param name="sizes">Long sides; an artwork is never enlarged.</param>
    internal static StyleStatistics Measure(
        ObjectiveBuilder builder, Network network, IReadOnlyList<Picture> artworks, StylizeOptions options,
        IEnumerable<int> sizes)
    {
        int largest = artworks.Max(artwork => Math.Max(artwork.Width, artwork.Height));
        List<StyleFileSize> measured = [];
        ImmutableArray<SizedStatistics>.Builder bySize = ImmutableArray.CreateBuilder<SizedStatistics>();
        foreach (int size in sizes.Select(size => Math.Min(size, largest)).Distinct().Order())
        {
            SizedStatistics statistics = MeasureAt(builder, artworks, options, size);
            bySize.Add(statistics);
            measured.Add(new StyleFileSize(size, statistics.Pixels));
        }

        StyleFileHeader header = new(
            StyleFile.KnownVersion, Recipe.LibraryVersion, network.Definition.Name, network.Sha256, options.Pooling,
            [.. network.Definition.ReluNames.Intersect(bySize[0].Layers.Keys)], [.. measured]);
        return new StyleStatistics(header, bySize.ToImmutable());
    }

    private static SizedStatistics MeasureAt(
        ObjectiveBuilder builder, IReadOnlyList<Picture> artworks, StylizeOptions options, int size)
    {
        double[] shares = builder.Shares(artworks.Count);
        double pixels = 0;
        List<(FeatureStatistics, double)> colors = [];
        Dictionary<string, List<(FeatureStatistics, double)>> layers = [];
        foreach ((Picture artwork, double share) in artworks.Zip(shares))
        {
            PlanarPicture fitted = PyramidStage.FitStyle(artwork, size);
            pixels += (double)fitted.Height * fitted.Width;
            colors.Add((SizedStyle.ColorOf(fitted), share));
            foreach ((string layer, FeatureStatistics statistics) in
                builder.Measure(fitted, options.MaxMemory ?? long.MaxValue))
            {
                layers.TryAdd(layer, []);
                layers[layer].Add((statistics, share));
            }
        }

        return new SizedStatistics(
            pixels, FeatureStatistics.Blend(colors),
            layers.ToImmutableSortedDictionary(
                layer => layer.Key, layer => FeatureStatistics.Blend(layer.Value), StringComparer.Ordinal));
    }
}
