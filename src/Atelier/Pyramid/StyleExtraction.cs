using System.Collections.Immutable;
using Atelier.Engine.Statistics;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Styles;

namespace Atelier.Pyramid;

/// <summary>Measures artworks at the sizes that runs may need.</summary>
/// <param name="run">The prepared run, whose styles have pictures.</param>
internal sealed class StyleExtraction(PreparedRun run)
{
    /// <param name="sizes">Long sides; an artwork is never enlarged.</param>
    /// <exception cref="OptionsException">The selected region of an artwork is too small.</exception>
    internal StyleStatistics Measure(IEnumerable<int> sizes)
    {
        (StylizeOptions options, NetworkDefinition definition) = (run.Options, run.Network.Definition);
        int largest = run.Styles.Max(artwork => Math.Max(artwork.Picture!.Width, artwork.Picture.Height));
        int[] measured = [.. sizes.Select(size => Math.Min(size, largest)).Distinct().Order()];
        long maxBytes = MemoryPlanner.PlanExtraction(run, measured[^1]);
        ImmutableArray<SizedStatistics> bySize = [.. measured.Select(size => MeasureAt(size, maxBytes))];
        if (!run.Objectives.Warnings.IsEmpty)
        {
            throw new OptionsException(run.Objectives.Warnings.Select(warning => new Problem(
                "style-region", warning.TrimEnd('.'),
                "a style file needs it, so take a larger region, other sizes or fewer layers")
            {
                Subject = "a style file cannot be made:",
            }));
        }

        StyleFileHeader header = new(
            StyleFile.KnownVersion, Recipe.LibraryVersion, definition.Name, run.Network.Sha256, options.Pooling,
            [.. definition.ReluNames.Intersect(bySize[0].Layers.Keys)],
            [.. measured.Zip(bySize, (size, statistics) => new StyleFileSize(size, statistics.Pixels))])
        {
            SampledLayers = [.. definition.ReluNames.Intersect(bySize[0].Samples.Keys)],
        };
        return new StyleStatistics(header, bySize);
    }

    private SizedStatistics MeasureAt(int size, long maxBytes)
    {
        double pixels = 0;
        List<(FeatureStatistics, double)> colors = [];
        Dictionary<string, List<(FeatureStatistics, double)>> layers = [];
        Dictionary<string, List<(FeatureSample, double)>> samples = [];
        double[] shares = run.Objectives.Shares(run.StyleCount);
        for (int i = 0; i < run.StyleCount; i++)
        {
            HeldMemory.Free(run, new PyramidScale(size, size, Iterations: 1));
            SizedStyle fitted = SizedStyle.Fit(run.Styles[i], run.Guides.RegionOf(i), size);
            pixels += fitted.Pixels;
            colors.Add((fitted.Color, shares[i]));
            foreach ((StyleSite site, FeatureStatistics statistics) in
                run.Objectives.MeasureLayers(fitted, i + 1, maxBytes))
            {
                layers.TryAdd(site.Layer, []);
                layers[site.Layer].Add((statistics, shares[i]));
            }

            foreach ((StyleSite site, FeatureSample sample) in run.Objectives.SampleLayers(fitted, i + 1, maxBytes))
            {
                samples.TryAdd(site.Layer, []);
                samples[site.Layer].Add((sample, shares[i]));
            }
        }

        return new SizedStatistics(
            pixels, FeatureStatistics.Blend(colors),
            layers.ToImmutableSortedDictionary(
                layer => layer.Key, layer => FeatureStatistics.Blend(layer.Value), StringComparer.Ordinal),
            samples.ToImmutableSortedDictionary(
                layer => layer.Key, layer => FeatureSample.Blend(layer.Value, NeighborFamily.Samples),
                StringComparer.Ordinal));
    }
}
