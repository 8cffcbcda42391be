using System.Collections.Immutable;
using Atelier.Cli.Commands;
using Atelier.Cli.Output;
using Atelier.Cli.Weights;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Styles;

namespace Atelier.Cli;

/// <summary>Everything that the tool touches of the outside world, so that a test can stand in for it.</summary>
internal sealed record Host
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>Whether a person watches standard error on a terminal that can rewrite a line.</summary>
    public bool IsLive { get; init; }

    /// <summary>Whether standard error shows colors.</summary>
    public bool HasColor { get; init; }

    /// <summary>Whether standard output is a terminal, which must not get the bytes of a picture.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Columns { get; init; } = 80;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public CancellationToken Interrupt { get; init; }

    public Func<EngineOptions, IPainter> CreatePainter { get; init; } = engine => new Painter(engine);

    public static Host OfProcess(CancellationToken interrupt)
    {
        bool isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb"
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        return new Host
        {
            Out = new GuardedWriter(Console.Out, error => throw OutputFile.ClosedStream(error)),

            // Nobody may be listening any more, which is no reason to end hours of work.
            Error = new GuardedWriter(Console.Error, _ => { }),
            IsLive = isTerminal,
            HasColor = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && EscapeSequences.AreShown(),
            OutIsTerminal = !Console.IsOutputRedirected,
            Columns = isTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : 80,
            Interrupt = interrupt,
        };
    }
}

/// <summary>The part of <see cref="Stylizer"/> that the commands need.</summary>
internal interface IPainter : IDisposable
{
    Precision PrecisionFor(StylizeOptions options);

    StylizeResult Stylize(StylizeRequest request, IProgress<StylizeProgress>? progress, CancellationToken cancel);

    void Check(StylizeRequest request);

    StylizePlan Plan(StylizeRequest request, TimeProvider clock);

    Evaluation Evaluate(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options, SpatialGuides guides,
        Picture? palette);

    StyleStatistics Extract(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes,
        ImmutableArray<Picture?> regions);
}

/// <summary>The library's own painter.</summary>
internal sealed class Painter(EngineOptions engine) : IPainter
{
    private readonly Stylizer _stylizer = new(engine);

    public Precision PrecisionFor(StylizeOptions options) => _stylizer.PrecisionFor(options);

    public StylizeResult Stylize(StylizeRequest request, IProgress<StylizeProgress>? progress, CancellationToken cancel)
        => _stylizer.Stylize(Found(request), progress, cancel);

    public void Check(StylizeRequest request) => _stylizer.Check(Found(request));

    public StylizePlan Plan(StylizeRequest request, TimeProvider clock) => _stylizer.Plan(Found(request), clock);

    public Evaluation Evaluate(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options, SpatialGuides guides,
        Picture? palette)
        => _stylizer.Evaluate(picture, content, styles, Found(options), guides, palette);

    public StyleStatistics Extract(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes,
        ImmutableArray<Picture?> regions)
        => _stylizer.Extract(artworks, Found(options), sizes, regions);

    public void Dispose() => _stylizer.Dispose();

    private static StylizeRequest Found(StylizeRequest request)
        => request with { Options = Found(request.Options) };

    private static StylizeOptions Found(StylizeOptions options) => WeightCache.OfUser().Resolve(options);
}
