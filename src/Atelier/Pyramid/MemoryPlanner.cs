using System.Collections.Immutable;
using System.Diagnostics;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;

namespace Atelier.Pyramid;

/// <summary>The memory plan of one scale of a run.</summary>
/// <param name="Scale">The scale.</param>
/// <param name="Encoder">The layout of the encoder; null if no term needs the network.</param>
/// <param name="MaxEncoderBytes">Memory available for the feature maps, in bytes.</param>
/// <param name="EngineBytes">The part of the memory that the engine allocates, in bytes.</param>
/// <param name="PeakBytes">Predicted memory of the whole process at this scale, in bytes.</param>
internal sealed record ScaleMemoryPlan(
    PyramidScale Scale, CostedLayout? Encoder, long MaxEncoderBytes, long EngineBytes, long PeakBytes);

/// <summary>Plans the memory of a run, before any work: the resident memory of a process that does nothing else and
/// whose garbage collector conserves memory, as the command-line tool is.</summary>
/// <remarks>The peak of a scale is that of the phase that needs most: decoding, drawing the pictures that the scale
/// begins with or ends in, or painting. What a phase needs is counted, except for the constants here, which were
/// measured (docs/performance.md).</remarks>
internal static class MemoryPlanner
{
    // The runtime, compiled code, the library of picture formats, and what the collector holds beside pictures.
    private const long BaseBytes = 80_000_000;

    // While pictures are resized, and the painting is finished and written, copies of the size of the scale exist that
    // the collector has not freed yet.
    internal const int PicturesOfDrawing = 13;

    // The resized artwork, and copies of it.
    private const int PicturesOfExtraction = 3;

    // Pictures of this size in addition to the optimizer's, while the first iteration is prepared.
    private const int PicturesOfPainting = 1;
    private const long Megabyte = 1_000_000;
    private const int BytesOfPixel = 3 * sizeof(float);

    // While a picture is decoded, its file and its samples exist in addition: up to four bytes for each pixel.
    private const int BytesOfDecodedPixel = 4;

    // Share of a limit that stays free, because a prediction is not exact.
    private const long MarginOfLimit = 16;

    /// <summary>Plans each scale within the memory limit of the options.</summary>
    /// <exception cref="OptionsException">Even the plan with the least memory exceeds the limit.</exception>
    internal static ImmutableArray<ScaleMemoryPlan> Plan(PreparedRun run)
    {
        ImmutableArray<ScaleMemoryPlan> plans = [.. ScaleSchedule
            .Create(run.FullSize.Width, run.FullSize.Height, run.Options).Select(scale => Plan(run, scale))];
        ScaleMemoryPlan largest = plans.MaxBy(plan => plan.PeakBytes)!;
        Require(run, largest.PeakBytes, $"painting at {largest.Scale.Width} x {largest.Scale.Height}");
        return plans;
    }

    /// <summary>Plans the measurement of the artworks of a run.</summary>
    /// <param name="run">The run, whose styles have pictures.</param>
    /// <param name="size">The largest long side.</param>
    /// <returns>Memory available for the feature maps, in bytes.</returns>
    /// <exception cref="OptionsException">Even the plan with the least memory exceeds the limit.</exception>
    internal static long PlanExtraction(PreparedRun run, int size)
    {
        Picture[] artworks = [.. run.GivenStyles.Select(style => style.Picture).OfType<Picture>()];
        (int Width, int Height)[] sizes = [.. artworks.Select(artwork => SizedStyle.SizeOf(artwork, size))
            .Select(each => (each.Width + (2 * each.Margin), each.Height + (2 * each.Margin)))];
        long rest = BaseBytes + artworks.Sum(Bytes)
            + (PicturesOfExtraction * BytesOfPixel * sizes.Max(each => (long)each.Width * each.Height));
        long left = Math.Min(LeftOf(run.Options, rest), Within(run.Engine.MaxBytes));
        Require(
            run, rest + sizes.Max(each => run.Objectives.BytesToMeasure(each.Height, each.Width, left)),
            $"measuring at {size} pixels");
        return left;
    }

    /// <summary>Plans one scale: within the memory limit if that is possible, and otherwise with the least
    /// memory.</summary>
    internal static ScaleMemoryPlan Plan(PreparedRun run, PyramidScale scale)
    {
        StylizeOptions options = run.Options;
        int margin = 2 * options.PaintedMargin, height = scale.Height + margin, width = scale.Width + margin;
        Picture[] pictures = [.. run.GivenStyles.Select(style => style.Picture).Append(run.Photograph)
            .Append(run.Palette).Append(run.Initial).OfType<Picture>()];
        long decoded = BaseBytes + run.BytesBeside + pictures.Sum(Bytes) + run.Guides.Pictures.Sum(Bytes)
            + pictures.Where(each => each.IsTransparent).Sum(each => BytesOfPixel * Pixels(each));
        long decoding = decoded + (BytesOfDecodedPixel * pictures.Select(Pixels).DefaultIfEmpty(0).Max());
        long held = decoded + RecoloredBytes(run), picture = (long)height * width * BytesOfPixel;
        long drawing = held + (PicturesOfDrawing * picture);
        int masks = ResolvedGuides.CountMasks(run.Guides, run.StyleCount);
        int tensors = TensorsOf(options, scale.Iterations) + (run.Guides.MayPreserveContent ? 1 : 0);
        long beside = run.Objectives.BytesBesideMaps(height, width, masks, run.Guides.Opacity is not null)
            + (tensors * picture);
        long rest = held + beside + ArtworkBytes(run, scale) + (PicturesOfPainting * picture);
        long left = Math.Min(LeftOf(options, rest), Within(run.Engine.MaxBytes) - beside);
        CostedLayout? encoder = run.Objectives.PlanEncoder(height, width, left);
        long maps = encoder?.Bytes ?? 0;
        long peak = Math.Max(Math.Max(decoding, drawing), rest + maps);
        return new ScaleMemoryPlan(scale, encoder, left, beside + maps, peak);
    }

    /// <summary>The memory of pictures that exist in other colors in addition to the originals.</summary>
    private static long RecoloredBytes(PreparedRun run)
    {
        long styles = run.GivenStyles.Select(style => style.Picture).OfType<Picture>().Sum(Bytes);
        long photograph = run.Photograph is null ? 0 : Bytes(run.Photograph);
        return run.Options.Color switch
        {
            ColorKind.Style => 0,
            ColorKind.Match => styles,
            ColorKind.Luminance => styles + photograph,
            ColorKind.Content => run.Palette is null ? 0 : photograph,
            ColorKind unknown => throw new UnreachableException($"There are no colors {unknown}."),
        };
    }

    /// <summary>The memory of the artworks at the size of a scale.</summary>
    private static long ArtworkBytes(PreparedRun run, PyramidScale scale)
        => run.GivenStyles.Select(style => style.Picture).OfType<Picture>().Sum(artwork =>
        {
            double share = Math.Min(
                1, scale.LongSide * run.Options.StyleScale / Math.Max(artwork.Width, artwork.Height));
            return (long)(share * share * Pixels(artwork)) * BytesOfPixel;
        });

    private static long LeftOf(StylizeOptions options, long used)
        => (options.MaxMemory is long limit ? Within(limit) : long.MaxValue) - used;

    private static void Require(PreparedRun run, long peak, string work)
    {
        if (run.Options.MaxMemory is long limit && peak > Within(limit))
        {
            throw new OptionsException(new Problem(
                "max-memory", $"needs at least {LimitFor(peak)} MB, but max-memory is {limit / Megabyte} MB",
                "allow more, or use a smaller size")
            {
                Subject = work,
            });
        }
    }

    private static long Within(long limit) => limit - (limit / MarginOfLimit);

    /// <summary>Returns the smallest limit, in whole megabytes, that a peak is within.</summary>
    private static long LimitFor(long peak)
    {
        long limit = peak / Megabyte;
        while (Within(limit * Megabyte) < peak)
            limit++;
        return limit;
    }

    private static long Bytes(Picture picture)
        => Pixels(picture) * sizeof(float) * picture.Planes.Length;

    private static long Pixels(Picture picture) => (long)picture.Width * picture.Height;

    // x, the gradient and the state of the optimizer; that of L-BFGS grows with its pairs, of which one is created
    // before the oldest is dropped.
    private static int TensorsOf(StylizeOptions options, int iterations) => options.Optimizer switch
    {
        OptimizerKind.Lbfgs => 8 + (2 * Math.Min(options.History + 1, iterations)),
        OptimizerKind.Gd => 2,
        OptimizerKind.Adam => 5,
        OptimizerKind unknown => throw new UnreachableException($"There is no optimizer {unknown}."),
    };
}
