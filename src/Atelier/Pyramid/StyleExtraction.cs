using System.Collections.Immutable;
using Atelier.Engine.Statistics;
using Atelier.Guides;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier.Pyramid;

/// <summary>Measures artworks at the sizes at which a run may want them.</summary>
/// <param name="builder">Measures features.</param>
/// <param name="network">What the builder measures with.</param>
/// <param name="options">Those of the builder.</param>
/// <param name="artworks">Styles with pictures.</param>
/// <param name="guides">Name the part of each artwork that is taken.</param>
internal sealed class StyleExtraction(
    ObjectiveBuilder builder, Network network, StylizeOptions options, IReadOnlyList<Style> artworks, SpatialGuides guides)
{
    /// <param name="sizes">Long sides; an artwork is never enlarged.</param>
    /// <exception cref="OptionsException">Too little is taken of an artwork.</exception>
    internal StyleStatistics Measure(IEnumerable<int> sizes)
    {
        int largest = artworks.Max(artwork => Math.Max(artwork.Picture!.Width, artwork.Picture.Height));
        int[] measured = [.. sizes.Select(size => Math.Min(size, largest)).Distinct().Order()];
        ImmutableArray<SizedStatistics> bySize = [.. measured.Select(MeasureAt)];
        if (!builder.Warnings.IsEmpty)
        {
            throw new OptionsException(builder.Warnings.Select(warning => new Problem(
                "style-region", warning.TrimEnd('.'),
                "a style file needs it, so take a larger region, other sizes or fewer layers")
            {
                Subject = "a style file cannot be made:",
            }));
        }

        StyleFileHeader header = new(
            StyleFile.KnownVersion, Recipe.LibraryVersion, network.Definition.Name, network.Sha256, options.Pooling,
            [.. network.Definition.ReluNames.Intersect(bySize[0].Layers.Keys)],
            [.. measured.Zip(bySize, (size, statistics) => new StyleFileSize(size, statistics.Pixels))]);
        return new StyleStatistics(header, bySize);
    }

    private SizedStatistics MeasureAt(int size)
    {
        double pixels = 0;
        List<(FeatureStatistics, double)> colors = [];
        Dictionary<string, List<(FeatureStatistics, double)>> layers = [];
        double[] shares = builder.Shares(artworks.Count);
        for (int i = 0; i < artworks.Count; i++)
        {
            SizedStyle fitted = SizedStyle.Fit(artworks[i], guides.RegionOf(i), size);
            pixels += fitted.Pixels;
            colors.Add((fitted.Color, shares[i]));
            foreach ((StyleSite site, FeatureStatistics statistics) in
                builder.MeasureLayers(fitted, i + 1, options.MaxMemory ?? long.MaxValue))
            {
                layers.TryAdd(site.Layer, []);
                layers[site.Layer].Add((statistics, shares[i]));
            }
        }

        return new SizedStatistics(
            pixels, FeatureStatistics.Blend(colors),
            layers.ToImmutableSortedDictionary(
                layer => layer.Key, layer => FeatureStatistics.Blend(layer.Value), StringComparer.Ordinal));
    }
}
