using System.Collections.Immutable;
using Atelier.Engine;
using Atelier.Layers;

namespace Atelier.Networks;

/// <summary>A layout and its cost.</summary>
/// <param name="Layout">The layout of the encoder.</param>
/// <param name="Bytes">Memory for feature maps, saved bits and packed filters.</param>
/// <param name="Work">Cost of its convolutions, in equivalent multiply-adds of the engine.</param>
internal sealed record CostedLayout(EncoderLayout Layout, long Bytes, double Work);

/// <summary>Chooses the layout of an encoder for the available memory.</summary>
internal static class LayoutChoice
{
    // How much slower than the fastest a memory-saving layout may be.
    private const double Patience = 1.1;
    private static readonly int[] BandHeights = [64, 128, 256];

    /// <summary>Returns the layout with the least memory among those nearly as fast as the fastest. If it needs more
    /// memory than available, returns the fastest layout that fits; if none fits, the layout with the least
    /// memory.</summary>
    internal static CostedLayout Choose(IEngine engine, EncoderGeometry geometry, long bytes)
    {
        CostedLayout[] layouts = [.. Candidates(geometry).Select(layout => Cost(engine, geometry, layout))];
        double fastest = layouts.Min(layout => layout.Work);
        CostedLayout best = layouts.Where(layout => layout.Work <= Patience * fastest).MinBy(layout => layout.Bytes)!;
        return best.Bytes <= bytes
            ? best
            : layouts.Where(layout => layout.Bytes <= bytes).MinBy(layout => layout.Work)
                ?? layouts.MinBy(layout => layout.Bytes)!;
    }

    private static CostedLayout Cost(IEngine engine, EncoderGeometry geometry, EncoderLayout layout)
    {
        ImmutableArray<Layer> layers = geometry.Layers;
        EncoderSchedule schedule = new(geometry, layout);
        long[] forward = new long[layers.Length], backward = new long[layers.Length];
        long shared = 0;
        double work = 0;
        foreach (EncoderOperation operation in schedule.Operations)
        {
            if (operation.Work is EncoderOperationKind.Forward or EncoderOperationKind.Backward)
            {
                bool isForward = operation.Work == EncoderOperationKind.Forward;
                int width = geometry.Shapes[isForward ? operation.Layer + 1 : operation.Layer].Width;
                ConvolutionEstimate estimate = isForward
                    ? layers[operation.Layer].EstimateForward(operation.Rows.Count, width)
                    : layers[operation.Layer].EstimateBackward(operation.Rows.Count, width);
                long[] kept = isForward ? forward : backward;
                kept[operation.Layer] = Math.Max(kept[operation.Layer], estimate.KeptBytes);
                shared = Math.Max(shared, estimate.SharedBytes);
                work += estimate.Work;
            }
        }

        long bits = geometry.NeedsGradient
            ? layers.Select((layer, i) => layer.MemoryBytes(geometry.Shapes[i])).Sum()
            : 0;
        return new CostedLayout(
            layout, engine.GetBytes(schedule.Maps) + bits + forward.Sum() + backward.Sum() + shared, work);
    }

    /// <summary>Enumerates bands that end at a pool or the last layer, with the requested features within them kept or
    /// recomputed.</summary>
    private static IEnumerable<EncoderLayout> Candidates(EncoderGeometry geometry)
    {
        ImmutableArray<Layer> layers = geometry.Layers;
        yield return EncoderLayout.Whole;

        // In a tileable picture, the first rows are adjacent to the last.
        for (int banded = 1; banded <= layers.Length && !geometry.IsTileable; banded++)
        {
            if (banded < layers.Length && layers[banded - 1].Stride == 1)
            {
                continue;
            }

            foreach (int rows in BandHeights.Where(rows => rows < geometry.Shapes[0].Height))
            {
                yield return new EncoderLayout(banded, rows, 0);
                bool recomputes = geometry.NeedsGradient && !geometry.KeepsFeatures;
                foreach (int tap in geometry.FeatureLayers.Where(tap => recomputes && tap < banded))
                    yield return new EncoderLayout(banded, rows, tap + 1);
            }
        }
    }
}
