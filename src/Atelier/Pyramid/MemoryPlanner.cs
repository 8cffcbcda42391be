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
/// <param name="PeakBytes">Predicted memory of the whole process at this scale, in bytes.</param>
internal sealed record ScaleMemoryPlan(PyramidScale Scale, CostedLayout? Encoder, long MaxEncoderBytes, long PeakBytes);

/// <summary>Plans the memory of a run, before any work.</summary>
internal static class MemoryPlanner
{
    // The runtime, compiled code and memory retained by the garbage collector.
    private const long BaseBytes = 100_000_000;

    // Pictures of this size in addition to the optimizer's: the initial picture.
    private const int PicturesOfStage = 1;
    private const int BytesOfPixel = 3 * sizeof(float);

    // While a picture is decoded, its file and its samples exist in addition: up to four bytes for each pixel.
    private const int BytesOfDecodedPixel = 4;

    /// <summary>Plans each scale within the memory limit of the options.</summary>
    /// <exception cref="OptionsException">Even the plan with the least memory exceeds the limit.</exception>
    internal static ImmutableArray<ScaleMemoryPlan> Plan(PreparedRun run)
        => [.. ScaleSchedule.Create(run.FullSize.Width, run.FullSize.Height, run.Options)
            .Select(scale => Plan(run, scale))];

    /// <summary>Plans one scale.</summary>
    internal static ScaleMemoryPlan Plan(PreparedRun run, PyramidScale scale)
    {
        (StylizeOptions options, ObjectiveBuilder builder) = (run.Options, run.Objectives);
        int margin = 2 * options.PaintedMargin, height = scale.Height + margin, width = scale.Width + margin;
        Picture[] pictures = [.. run.GivenStyles.Select(style => style.Picture).Append(run.Photograph)
            .Append(run.Palette).OfType<Picture>()];
        long given = pictures.Sum(Bytes);
        long decoding = BaseBytes + given + (BytesOfDecodedPixel * pictures.Select(Pixels).DefaultIfEmpty(0).Max());

        // Recolored pictures exist in addition to the originals.
        given = (given * (options.Color == ColorKind.Style ? 1 : 2)) + run.Guides.Pictures.Sum(Bytes);
        long pixels = (long)height * width;
        int masks = ResolvedGuides.CountMasks(run.Guides, run.StyleCount);
        int tensors = TensorsOf(options) + (run.Guides.MayPreserveContent ? 1 : 0);
        long rest = BaseBytes + builder.BytesBesideMaps(height, width, masks) + given
            + (pixels * BytesOfPixel * (tensors + PicturesOfStage));
        long left = (options.MaxMemory ?? long.MaxValue) - rest;
        CostedLayout? encoder = builder.PlanEncoder(height, width, left);
        long bytes = Math.Max(decoding, rest + (encoder?.Bytes ?? 0));
        if (bytes > (options.MaxMemory ?? long.MaxValue))
        {
            throw new OptionsException(new Problem(
                "max-memory",
                $"needs about {Megabytes(bytes)} MB, but max-memory is {Megabytes(options.MaxMemory!.Value)} MB",
                "allow more, or use a smaller size")
            {
                Subject = $"painting at {scale.Width} x {scale.Height}",
            });
        }

        return new ScaleMemoryPlan(scale, encoder, left, bytes);
    }

    private static long Bytes(Picture picture)
        => Pixels(picture) * sizeof(float) * picture.Planes.Length;

    private static long Pixels(Picture picture) => (long)picture.Width * picture.Height;

    // x, the gradient and the state of the optimizer.
    private static int TensorsOf(StylizeOptions options) => options.Optimizer switch
    {
        OptimizerKind.Lbfgs => 6 + (2 * options.History),
        OptimizerKind.Gd => 2,
        OptimizerKind.Adam => 5,
        OptimizerKind unknown => throw new UnreachableException($"There is no optimizer {unknown}."),
    };

    private static long Megabytes(long bytes) => (bytes + 999_999) / 1_000_000;
}
