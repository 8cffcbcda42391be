using System.Collections.Immutable;
using Atelier.Color;
using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Networks;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Styles;

namespace Atelier;

/// <summary>Paints photographs in the style of artworks.</summary>
/// <remarks>Owns worker threads and buffers. Create one, use it for any number of pictures, one at a time, and dispose
/// it. Several stylizers can share an engine as long as only one of them uses it at a time.</remarks>
public sealed partial class Stylizer : IDisposable
{
    private static readonly int[] DefaultSizes = [64, 91, 128, 181, 256, 362, 512, 724, 1024];

    private readonly IEngine _engine;
    private readonly bool _ownsEngine;
    private readonly IWorkers _workers;
    private readonly Precision _precision;

    /// <summary>Creates a stylizer with an engine of its own.</summary>
    /// <exception cref="OptionsException">The engine does not exist, or is not available on this machine.</exception>
    public Stylizer(EngineOptions? engine = null)
        : this(
            (engine ?? EngineOptions.Default).CreateEngine(), ownsEngine: true,
            engine?.Threads ?? EngineOptions.Default.Threads)
        => _precision = engine?.Precision ?? Precision.Auto;

    /// <summary>Creates a stylizer that uses an existing engine, which may be shared as long as it is used by one at a
    /// time. </summary>
    /// <param name="engine">The engine, which must outlive the stylizer unless the stylizer owns it.</param>
    /// <param name="ownsEngine">Whether the stylizer disposes it.</param>
    /// <param name="threads">Number of CPU threads for what is computed outside the engine; 0 means one for each
    /// processor. The built-in engine uses its own threads instead.</param>
    public Stylizer(IEngine engine, bool ownsEngine = false, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(engine);
        (_engine, _ownsEngine, _workers) = (engine, ownsEngine, IWorkers.Beside(engine, threads));
    }

    /// <summary>Returns the precision of the convolutions when a picture is painted with these options:
    /// <see cref="Precision.Single"/> or <see cref="Precision.BFloat16"/>.</summary>
    public Precision PrecisionFor(StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // Adam's running averages smooth out rounding errors, but a line search compares values that rounding would
        // blur.
        bool mayRound = _precision != Precision.Auto || options.Optimizer == OptimizerKind.Adam;
        return mayRound ? _engine.Precision : Precision.Single;
    }

    /// <summary>Paints the content picture in the style of the style pictures.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <param name="progress">Receives a report after every iteration, on the calling thread.</param>
    /// <param name="cancel">Ends the run early and returns the best picture so far.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A network, picture or checkpoint cannot be used.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled before there was a picture to
    /// return.</exception>
    public StylizeResult Stylize(
        StylizeRequest request, IProgress<StylizeProgress>? progress = null, CancellationToken cancel = default)
    {
        using PreparedRun run = Prepare(request, cancel: CancellationToken.None);
        HeldMemory.Free(run, run.Scales[^1].Scale);
        using Steering? steering = request.Changes.IsEmpty
            ? null
            : new(request.Changes, change => Prepare(request.After(change), run.Network));
        return Paint(TransferMethods.Create(run, steering), progress, cancel);
    }

    /// <summary>Checks quickly whether <see cref="Stylize"/> can run: whether the options, pictures and network are
    /// compatible, and whether the run fits its memory limit.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <returns>What is known about the run before it starts.</returns>
    /// <exception cref="OptionsException">The options contradict each other or the pictures, or allow too little
    /// memory.</exception>
    /// <exception cref="AtelierException">A network or picture cannot be used.</exception>
    public RunForecast Check(StylizeRequest request)
    {
        using PreparedRun run = Prepare(request);
        return new RunForecast(run.Scales.Max(scale => scale.PeakBytes), RunWarnings.BeforeRun(run));
    }

    /// <summary>Predicts the time and memory that <see cref="Stylize"/> would need on this machine, based on a trial at
    /// small sizes that takes about a second.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <param name="clock">The clock used for measuring; null uses the system clock.</param>
    /// <param name="cancel">Ends the trial at once.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures, or allow too little
    /// memory.</exception>
    /// <exception cref="AtelierException">A network or picture cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The trial was canceled.</exception>
    public RunPlan Plan(StylizeRequest request, TimeProvider? clock = null, CancellationToken cancel = default)
    {
        using PreparedRun run = Prepare(request, cancel: cancel);
        ImmutableArray<double> seconds = TransferMethods.Create(run).Time(clock ?? TimeProvider.System, cancel);
        ImmutableArray<ScalePlan> scales = [.. run.Scales.Zip(seconds, (plan, time) => new ScalePlan(
            plan.Scale.Width, plan.Scale.Height, plan.Scale.Iterations, time, plan.PeakBytes,
            plan.Encoder is { Layout.BandRows: > 0 and int rows } ? rows : plan.Scale.Height))];
        return new RunPlan(scales, scales.Sum(scale => scale.Seconds), scales.Max(scale => scale.PeakBytes));
    }

    /// <summary>Evaluates the objective for a given picture: its value, terms and gradient. Nothing is resized or
    /// optimized. Uses single precision unless the engine options specify another.</summary>
    /// <param name="picture">The picture to evaluate.</param>
    /// <param name="content">The photograph, of the same size; may be null if the content weight is 0.</param>
    /// <param name="styles">The artworks, used at their own size, or style statistics, used at the size nearest to the
    /// picture's; may be empty if the style weight is 0.</param>
    /// <param name="options">The weights, layers, losses and network. <see cref="StylizeOptions.Color"/> recolors the
    /// photograph and the artworks as before a run; the picture itself is evaluated with its own colors.</param>
    /// <param name="guides">Where styles apply; null means everywhere. Preserved pixels take no part in any style, but
    /// their gradient is still reported.</param>
    /// <param name="palette">The picture whose colors are used instead of the photograph's; null uses its own.</param>
    /// <param name="cancel">Ends the work at once.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="OperationCanceledException">The trial was canceled.</exception>
    public Evaluation Evaluate(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options,
        SpatialGuides? guides = null, Picture? palette = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(styles);
        ArgumentNullException.ThrowIfNull(options);
        StylizeRequest request = new()
        {
            Content = content,
            Styles = [.. styles],
            Guides = guides ?? SpatialGuides.None,
            Palette = palette,
            Options = options,
            IsPainted = false,
        };
        Precision precision = _precision == Precision.Auto ? Precision.Single : _precision;
        using PreparedRun run = Prepare(request, precision: precision, cancel: cancel);
        if (options.ContentWeight != 0 && (content!.Width, content.Height) != (picture.Width, picture.Height))
        {
            throw new OptionsException(new Problem(
                "content",
                $"is {content.Width} x {content.Height}, but the picture to evaluate is {picture.Width} x " +
                $"{picture.Height}",
                "they must have the same size")
            {
                Subject = "the content picture",
            });
        }

        int longSide = Math.Max(picture.Width, picture.Height);
        using Objective objective = run.Objectives.Build(
            picture.Height, picture.Width,
            run.ContentAt(picture.Height, picture.Width),
            [.. run.Styles.Select((style, i) => SizedStyle.AsGiven(style, run.Guides.RegionOf(i), longSide))],
            long.MaxValue,
            ResolvedGuides.Create(run.Guides, run.StyleCount, picture.Height, picture.Width, margin: 0));
        PlanarPicture planes = PlanarPicture.From(picture.Visible);
        objective.Prepare(planes);
        using Tensor x = _engine.CreateTensor(planes.Values.Length);
        using Tensor gradient = _engine.CreateTensor(planes.Values.Length);
        _engine.Write(planes.Values, x);
        double loss = objective.Evaluate(x, gradient);
        float[] values = new float[gradient.Length];
        _engine.Read(gradient, values);
        return new Evaluation
        {
            Loss = loss,
            Terms = objective.Terms,
            Width = picture.Width,
            Height = picture.Height,
            Warnings = [.. run.LabelWarnings, .. run.Objectives.Warnings],
            Gradient = values,
        };
    }

    /// <summary>Measures a style once, so that it can be used for painting without its pictures.</summary>
    /// <param name="artworks">One or more artworks; several are blended by <see
    /// cref="StylizeOptions.StyleWeights"/>.</param>
    /// <param name="options">Only the network, the pooling, the style and neighbor layers, the seed and the style
    /// weights are used.</param>
    /// <param name="sizes">Long sides at which to measure, in pixels, 16 to 65535; artworks are never enlarged. Null
    /// uses 64 to 1024 in steps of √2, so that one of the sizes is within a fifth of what a run needs.</param>
    /// <param name="regions">Which part of each artwork is used, as in <see cref="SpatialGuides.StyleRegions"/>; empty
    /// uses the whole of every artwork.</param>
    /// <param name="cancel">Ends the work at once.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">The network cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The trial was canceled.</exception>
    public StyleStatistics Extract(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes = null,
        ImmutableArray<Picture?> regions = default, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(artworks);
        ArgumentNullException.ThrowIfNull(options);
        StylizeRequest request = new()
        {
            Content = null,
            Styles = [.. artworks.Select(artwork => new Style(artwork))],
            Guides = new SpatialGuides { StyleRegions = regions.IsDefault ? [] : regions },

            // What has no part in the statistics of single layers.
            Options = options with
            {
                StyleWeight = 1,
                NeighborWeight = 1,
                ContentWeight = 0,
                CorrelationChain = false,
                Tileable = false,
                Color = ColorKind.Style,
            },
            IsPainted = false,
        };
        sizes ??= DefaultSizes;
        if (sizes.Count is 0 or > StyleStatistics.MaxSizes || sizes.Any(size => size is < 16 or > 65_535))
        {
            throw new OptionsException(new Problem(
                "sizes", $"is {string.Join(',', sizes)}",
                $"give 1 to {StyleStatistics.MaxSizes} sizes of 16 to 65535 pixels"));
        }

        using PreparedRun run = Prepare(request, precision: Precision.Single, cancel: cancel);
        return new StyleExtraction(run).Measure(sizes);
    }

    /// <summary>Ends the worker threads and frees the buffers, and the engine's if the stylizer owns it.</summary>
    public void Dispose()
    {
        (_workers as WorkerPool)?.Dispose();
        if (_ownsEngine)
        {
            _engine.Dispose();
        }
    }

    internal IEngine Engine => _engine;

    /// <summary>Threads for what is computed outside the engine.</summary>
    internal IWorkers Workers => _workers;

    /// <summary>Loads the network that the options name, with the precision of a run. The caller disposes it.</summary>
    internal Network LoadNetwork(StylizeOptions options)
        => Network.LoadFor(options, _engine, PrecisionFor(options));

    /// <summary>Prepares a request. Painting, evaluation and planning all use this method, so that they reject the same
    /// requests. The caller disposes the result.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <param name="lent">The network that the options name, if it is already open.</param>
    /// <param name="precision">Precision of the network if it is not open yet; null uses that of a run.</param>
    /// <param name="cancel">Cancels the measurement of pictures; omitted by runs that can return an intermediate
    /// result.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">The network cannot be used.</exception>
    internal PreparedRun Prepare(
        StylizeRequest request, Network? lent = null, Precision? precision = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Require();
        Picture? photograph = request.Content?.Visible;
        SpatialGuides given = request.Guides with { Opacity = photograph is null ? null : Mask.OpacityOf(photograph) };
        SemanticGuides guides = SemanticGuides.Resolve(given, request.Options, request.Styles);
        StylizeOptions options = guides.Arrange(request.Options);
        ColorTransfer colors = new(options, photograph, request.Palette, given.ColorMask);
        Network network = lent ?? Network.LoadFor(options, _engine, precision ?? PrecisionFor(options));
        try
        {
            ObjectiveBuilder objectives = new(_engine, _workers, network, options, cancel);
            objectives.Require(guides.Arrange(request.Styles));
            return new PreparedRun(request.Styles, colors, given, guides, ownsNetwork: lent is null)
            {
                Engine = _engine,
                Network = network,
                Objectives = objectives,
                Options = options,
                FullSize = request.FullSize,
                Photograph = photograph,
                Initial = request.Initial?.Visible,
                Palette = request.Palette,
                Checkpoint = request.Checkpoint,
            };
        }
        catch when (lent is null)
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Paints, and finishes the painting.</summary>
    internal static StylizeResult Paint(
        ITransferMethod method, IProgress<StylizeProgress>? progress, CancellationToken cancel)
    {
        Painting painting = method.Paint(
            progress is null ? null : step => progress.Report(ProgressOf(step)), cancel);
        return new StylizeResult
        {
            Picture = painting.Run.Finishing.Finish(painting.Picture),
            IsComplete = painting.IsComplete,
            Terms = painting.Terms,
            Scales = painting.Scales,
            Warnings = RunWarnings.Of(painting.Run),
        };
    }

    private static StylizeProgress ProgressOf(RunProgress step) => new()
    {
        Scale = step.Scale,
        ScaleCount = step.ScaleCount,
        Width = step.Size.Width,
        Height = step.Size.Height,
        Iteration = step.Iteration,
        IterationCount = step.Size.Iterations,
        RunIteration = step.RunIteration,
        Fraction = step.Fraction,
        Terms = step.Terms,
        Preview = () => step.Run.Finishing.Finish(step.Picture.Look()),
    };
}
