using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;

namespace Atelier.Pyramid;

/// <summary>What a run at one size takes.</summary>
/// <param name="Scale">The size.</param>
/// <param name="Chain">How the network goes through the picture; null when no term needs it.</param>
/// <param name="MostChainBytes">Memory that is left for the network's maps.</param>
/// <param name="Bytes">Memory of the whole process at this size, predicted.</param>
internal sealed record ScalePlan(PyramidScale Scale, CostedLayout? Chain, long MostChainBytes, long Bytes);

/// <summary>Plans a run from its sizes, before any work.</summary>
internal static class RunPlan
{
    // The runtime, compiled code and what the garbage collector holds back.
    private const long BaseBytes = 100_000_000;

    // Pictures of the size that live beside the optimizer's: the one it starts from.
    private const int PicturesOfStage = 1;
    private const int BytesOfPixel = 3 * sizeof(float);

    /// <summary>A plan for each size, within the memory that the options allow.</summary>
    /// <exception cref="OptionsException">Even the leanest way needs more.</exception>
    internal static ImmutableArray<ScalePlan> Of(ObjectiveBuilder builder, StylizeRequest request)
        => [.. ScaleSchedule.Of(request.FullSize.Width, request.FullSize.Height, request.Options)
            .Select(scale => Of(builder, request, scale))];

    /// <summary>A plan for one size.</summary>
    internal static ScalePlan Of(ObjectiveBuilder builder, StylizeRequest request, PyramidScale scale)
    {
        StylizeOptions options = request.Options;
        int margin = 2 * options.PaintedMargin, height = scale.Height + margin, width = scale.Width + margin;
        long given = request.Styles.Select(style => style.Picture).Append(request.Content).Append(request.Palette)
            .OfType<Picture>().Sum(Bytes);

        // Recolored pictures live beside those that were given.
        given = (given * (options.Color == ColorKind.Style ? 1 : 2)) + request.Guides.Pictures.Sum(Bytes);
        long pixels = (long)height * width;
        int masks = Guidance.CountMasks(request.Guides, request.Styles.Length);
        int tensors = TensorsOf(options) + (request.Guides.KeepPhotograph ? 1 : 0);
        long rest = BaseBytes + builder.BytesBesideMaps(height, width, masks) + given
            + (pixels * BytesOfPixel * (tensors + PicturesOfStage));
        long left = (options.MaxMemory ?? long.MaxValue) - rest;
        CostedLayout? chain = builder.PlanChain(height, width, left);
        long bytes = rest + (chain?.Bytes ?? 0);
        if (bytes > (options.MaxMemory ?? long.MaxValue))
        {
            throw new OptionsException(new Problem(
                "max-memory",
                $"needs about {Megabytes(bytes)} MB, but max-memory is {Megabytes(options.MaxMemory!.Value)} MB",
                "allow more, or take a smaller size")
            {
                Subject = $"painting at {scale.Width} x {scale.Height}",
            });
        }

        return new ScalePlan(scale, chain, left, bytes);
    }

    private static long Bytes(Picture picture)
        => (long)picture.Width * picture.Height * sizeof(float) * picture.Planes.Length;

    // x, gradient and what the method remembers.
    private static int TensorsOf(StylizeOptions options) => options.Optimizer switch
    {
        OptimizerKind.Lbfgs => 6 + (2 * options.History),
        OptimizerKind.Gd => 2,
        _ => 5,
    };

    private static long Megabytes(long bytes) => (bytes + 999_999) / 1_000_000;
}
