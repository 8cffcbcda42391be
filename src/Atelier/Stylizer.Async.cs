using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier;

/// <content>Asynchronous versions, which run on a worker thread, for callers whose thread must remain responsive, such
/// as a user interface or a server request. A stylizer still does one thing at a time: await each task before starting
/// the next.</content>
public sealed partial class Stylizer
{
    /// <summary>Paints the content picture in the style of the style pictures, on a worker thread.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <param name="progress">Receives a report after every iteration, on the worker thread; a <see
    /// cref="Progress{T}"/> forwards it to the synchronization context in which it was created.</param>
    /// <param name="cancel">Ends the run early. If there is a picture by then, the task completes normally with the
    /// best picture so far, and <see cref="StylizeResult.IsComplete"/> is false.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A network, picture or checkpoint cannot be used.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled before there was a picture to
    /// return.</exception>
    public Task<StylizeResult> StylizeAsync(
        StylizeRequest request, IProgress<StylizeProgress>? progress = null, CancellationToken cancel = default)
        => Task.Run(() => Stylize(request, progress, cancel), cancel);

    /// <summary>Predicts, on a worker thread, the time and memory that <see cref="Stylize"/> would need on this
    /// machine, based on a trial at small sizes that takes about a second.</summary>
    /// <inheritdoc cref="Plan"/>
    public Task<RunPlan> PlanAsync(
        StylizeRequest request, TimeProvider? clock = null, CancellationToken cancel = default)
        => Task.Run(() => Plan(request, clock, cancel), cancel);

    /// <summary>Evaluates the objective for a given picture on a worker thread: its value, terms and
    /// gradient.</summary>
    /// <inheritdoc cref="Evaluate"/>
    public Task<Evaluation> EvaluateAsync(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options,
        SpatialGuides? guides = null, Picture? palette = null, CancellationToken cancel = default)
        => Task.Run(() => Evaluate(picture, content, styles, options, guides, palette, cancel), cancel);

    /// <summary>Extracts the statistics of a style on a worker thread, so that it can be used without its
    /// pictures.</summary>
    /// <inheritdoc cref="Extract"/>
    public Task<StyleStatistics> ExtractAsync(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes = null,
        ImmutableArray<Picture?> regions = default, CancellationToken cancel = default)
        => Task.Run(() => Extract(artworks, options, sizes, regions, cancel), cancel);
}
