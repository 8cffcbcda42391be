using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier;

/// <content>The same work on a worker thread, for callers whose own thread must stay free, as that of a window or of a
/// server's request. A stylizer does one thing at a time all the same: wait for one task before the next is
/// begun.</content>
public sealed partial class Stylizer
{
    /// <summary>Paints the content picture in the style of the style pictures, on a worker thread.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <param name="progress">Told after every step, on the worker thread; a <see cref="Progress{T}"/> brings what it
    /// is told to the thread that made it.</param>
    /// <param name="cancel">Ends the run early. Where a picture has begun by then, the task ends well, with the best
    /// picture so far, and <see cref="StylizeResult.IsComplete"/> is false.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A network, picture or checkpoint cannot be used.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before there was anything to show.</exception>
    public Task<StylizeResult> StylizeAsync(
        StylizeRequest request, IProgress<StylizeProgress>? progress = null, CancellationToken cancel = default)
        => Task.Run(() => Stylize(request, progress, cancel), cancel);

    /// <summary>Tells how long <see cref="Stylize"/> would take on this machine and how much memory, after trying it at
    /// small sizes for a second or so, on a worker thread.</summary>
    /// <inheritdoc cref="Plan"/>
    public Task<RunPlan> PlanAsync(
        StylizeRequest request, TimeProvider? clock = null, CancellationToken cancel = default)
        => Task.Run(() => Plan(request, clock, cancel), cancel);

    /// <summary>Value, terms and gradient of the objective for a picture as it is, on a worker thread.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public Task<Evaluation> EvaluateAsync(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options,
        SpatialGuides? guides = null, Picture? palette = null, CancellationToken cancel = default)
        => Task.Run(() => Evaluate(picture, content, styles, options, guides, palette, cancel), cancel);

    /// <summary>Measures a style once, so that it can be painted in without its picture, on a worker thread.</summary>
    /// <inheritdoc cref="Extract"/>
    public Task<StyleStatistics> ExtractAsync(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes = null,
        ImmutableArray<Picture?> regions = default, CancellationToken cancel = default)
        => Task.Run(() => Extract(artworks, options, sizes, regions, cancel), cancel);
}
