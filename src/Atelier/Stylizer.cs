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
/// <remarks>Owns its worker threads and buffers: create one, use it for many pictures,
/// one at a time, dispose it.</remarks>
public sealed class Stylizer : IDisposable
{
    private static readonly int[] DefaultSizes = [128, 181, 256, 362, 512, 724, 1024];

    private readonly IEngine _engine;
    private readonly Precision _precision;

    /// <summary>A stylizer with its own worker threads.</summary>
    /// <exception cref="OptionsException">bfloat16 is asked for and cannot be had here.</exception>
    public Stylizer(EngineOptions? engine = null)
        => (_engine, _precision) = (CpuEngine.Create(engine), engine?.Precision ?? Precision.Auto);

    /// <summary>A stylizer on an engine, which it then owns.</summary>
    public Stylizer(IEngine engine) => _engine = engine;

    /// <summary>What convolutions multiply when a picture is painted with these options: <see cref="Precision.Single"/>
    /// or <see cref="Precision.BFloat16"/>.</summary>
    public Precision PrecisionFor(StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // Adam's averages smooth the rounding out. A line search compares values that rounding blurs.
        bool mayRound = _precision != Precision.Auto || options.Optimizer == OptimizerKind.Adam;
        return mayRound ? _engine.Precision : Precision.Single;
    }

    /// <summary>Paints the content picture in the style of the style pictures.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <param name="progress">Told after every step, on the calling thread.</param>
    /// <param name="cancel">Ends the run early, with the best picture so far.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A network, picture or checkpoint cannot be used.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before there was anything to show.</exception>
    public StylizeResult Stylize(
        StylizeRequest request, IProgress<StylizeProgress>? progress = null, CancellationToken cancel = default)
    {
        RequestChecks.Require(request);
        ColorTreatment colors = new(
            request.Options, request.Content, request.Palette, request.Guides.ColorMask);
        Finishing finishing = new(request, colors);
        StylizeRequest treated = SemanticGuides.Resolve(
            request with { Content = colors.Content, Styles = colors.Recolor(request.Styles) },
            out ImmutableArray<string> warnings);
        using Network network = NetworkFor(request.Options);
        ObjectiveBuilder builder = BuilderFor(treated, network);
        PyramidRun run = new(_engine, builder, treated);
        PlanarPicture painted = run.Paint(
            progress is null ? null : new FinishedProgress(progress, finishing), cancel);
        return new StylizeResult
        {
            Picture = finishing.Finish(painted.ToPicture()),
            IsComplete = run.IsComplete,
            Terms = run.Terms,
            Scales = run.Reports,
            Warnings = [.. warnings, .. RequestChecks.Warnings(request, run.Final, network, builder)],
        };
    }

    /// <summary>Finds out whether <see cref="Stylize"/> could begin, at once: whether options, pictures and network go
    /// together, and a run fits into its memory.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures, or allow too little
    /// memory.</exception>
    /// <exception cref="AtelierException">A network or picture cannot be used.</exception>
    public void Check(StylizeRequest request)
    {
        RequestChecks.Require(request);
        _ = new ColorTreatment(request.Options, request.Content, request.Palette, request.Guides.ColorMask);
        request = SemanticGuides.Resolve(request, out _);
        using Network network = NetworkFor(request.Options);
        ObjectiveBuilder builder = BuilderFor(request, network);
        RunPlan.Of(builder, request);
    }

    /// <summary>Tells how long <see cref="Stylize"/> would take on this machine and how much memory, after trying it at
    /// small sizes for a second or so.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <param name="clock">What time is measured with; null takes the system's.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures, or allow too little
    /// memory.</exception>
    /// <exception cref="AtelierException">A network or picture cannot be used.</exception>
    public StylizePlan Plan(StylizeRequest request, TimeProvider? clock = null)
    {
        RequestChecks.Require(request);
        request = SemanticGuides.Resolve(request, out _);
        using Network network = NetworkFor(request.Options);
        ObjectiveBuilder builder = BuilderFor(request, network);
        ImmutableArray<ScalePlan> plans = RunPlan.Of(builder, request);
        RunTiming timing = RunTiming.Measure(_engine, builder, request, clock ?? TimeProvider.System);
        ImmutableArray<PlannedScale> scales = [.. plans.Select(plan => new PlannedScale(
            plan.Scale.Width, plan.Scale.Height, plan.Scale.Steps, timing.SecondsFor(plan), plan.Bytes,
            plan.Chain is { Layout.BandRows: > 0 and int rows } ? rows : plan.Scale.Height))];
        return new StylizePlan(scales, scales.Sum(scale => scale.Seconds), scales.Max(scale => scale.PeakBytes));
    }

    /// <summary>Value, terms and gradient of the objective for a picture as it is;
    /// nothing is resized or optimized. In single precision, unless the engine's options name another.</summary>
    /// <param name="picture">The picture to judge.</param>
    /// <param name="content">The photograph, of the same size; may be null when the content weight is 0.</param>
    /// <param name="styles">The artworks, as they are, or the statistics nearest to the picture's size; may be
    /// empty when the style weight is 0.</param>
    /// <param name="options">The weights, layers, losses and network. <see cref="StylizeOptions.Color"/> recolors the
    /// photograph and the artworks as it does before a run; the picture is judged with the colors that it has.</param>
    /// <param name="guides">Where styles act; null for everywhere. What is preserved has no part in a style, but has
    /// its gradient all the same.</param>
    /// <param name="palette">The picture whose colors stand in for the photograph's; null for its own.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    public Evaluation Evaluate(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options,
        SpatialGuides? guides = null, Picture? palette = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(styles);
        ArgumentNullException.ThrowIfNull(options);
        guides ??= SpatialGuides.None;
        RequestChecks.Require(options, guides, styles);
        if (options.ContentWeight != 0 && (content?.Width, content?.Height) != (picture.Width, picture.Height))
        {
            throw new OptionsException(content is null
                ? new Problem("content", "is given", "name one, or set content-weight to 0")
                {
                    Subject = "no content picture",
                }
                : new Problem(
                    "content",
                    $"is {content.Width} x {content.Height}, but the picture to judge is " +
                    $"{picture.Width} x {picture.Height}",
                    "they must be of one size")
                {
                    Subject = "the content picture",
                });
        }

        ColorTreatment colors = new(options, content, palette);
        Precision precision = _precision == Precision.Auto ? Precision.Single : _precision;
        using Network network = Network.LoadFor(options, _engine, precision);
        StylizeRequest treated = SemanticGuides.Resolve(
            new StylizeRequest
            {
                Content = colors.Content,
                Styles = colors.Recolor(styles),
                Guides = guides,
                Options = options,
            },
            out ImmutableArray<string> warnings);
        ObjectiveBuilder builder = BuilderFor(treated, network);
        int longSide = Math.Max(picture.Width, picture.Height);
        using Objective objective = builder.Build(
            picture.Height, picture.Width,
            treated.Content is Picture photograph ? PlanarPicture.From(photograph) : null,
            [.. treated.Styles.Select((style, i) => SizedStyle.AsGiven(style, treated.Guides.RegionOf(i), longSide))],
            long.MaxValue,
            Guidance.Of(treated.Guides, treated.Styles.Length, picture.Height, picture.Width, margin: 0));
        PlanarPicture planes = PlanarPicture.From(picture);
        using Tensor x = _engine.NewTensor(planes.Values.Length), gradient = _engine.NewTensor(planes.Values.Length);
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
            Warnings = [.. warnings, .. builder.Warnings],
            Gradient = values,
        };
    }

    /// <summary>Measures a style once, so that it can be painted in without its picture.</summary>
    /// <param name="artworks">One or more; several are blended by <see cref="StylizeOptions.StyleWeights"/>.</param>
    /// <param name="options">The network, its pooling, the style layers and the style weights count.</param>
    /// <param name="sizes">Long sides at which to measure, in pixels, 16 to 65535; artworks are never enlarged. Null
    /// takes 128 to 1024 in steps of √2, so that some size is within a fifth of what a run wants.</param>
    /// <param name="regions">Which part of each artwork is taken, as in <see cref="SpatialGuides.StyleRegions"/>; empty for
    /// all of all.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">The network cannot be used.</exception>
    public StyleStatistics Extract(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes = null,
        ImmutableArray<Picture?> regions = default)
    {
        ArgumentNullException.ThrowIfNull(artworks);
        ArgumentNullException.ThrowIfNull(options);
        options = options with
        {
            StyleWeight = 1,
            ContentWeight = 0,
            CorrelationChain = false,
            Tileable = false,
        };
        SpatialGuides guides = new() { StyleRegions = regions.IsDefault ? [] : regions };
        Style[] styles = [.. artworks];
        RequestChecks.Require(options, guides, styles);
        sizes ??= DefaultSizes;
        if (sizes.Count is 0 or > StyleStatistics.MostSizes || sizes.Any(size => size is < 16 or > 65_535))
        {
            throw new OptionsException(new Problem(
                "sizes", $"is {string.Join(',', sizes)}",
                $"give 1 to {StyleStatistics.MostSizes} sizes of 16 to 65535 pixels"));
        }

        using Network network = Network.LoadFor(options, _engine, Precision.Single);
        ObjectiveBuilder builder = new(_engine, network, options);
        return new StyleExtraction(builder, network, options, styles, guides).Measure(sizes);
    }

    /// <summary>Ends the worker threads and frees the buffers.</summary>
    public void Dispose() => _engine.Dispose();

    internal IEngine Engine => _engine;

    /// <summary>The network that options name, at the precision of a run.</summary>
    internal Network NetworkFor(StylizeOptions options)
        => Network.LoadFor(options, _engine, PrecisionFor(options));

    /// <summary>What makes the objectives of a request without labels, whose styles suit the network.</summary>
    internal ObjectiveBuilder BuilderFor(StylizeRequest request, Network network)
    {
        ObjectiveBuilder builder = new(_engine, network, request.Options);
        builder.Require(request.Styles);
        return builder;
    }

    /// <summary>The same reports, with previews that look like the result.</summary>
    private sealed class FinishedProgress(IProgress<StylizeProgress> progress, Finishing finishing)
        : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value)
            => progress.Report(value with { Preview = () => finishing.Finish(value.Preview()) });
    }
}
