using System.Collections.Immutable;
using System.Text.Json;
using Atelier.Engine;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Losses;
using Atelier.Options;
using Atelier.Styles;
using Atelier.Workshop;

namespace Atelier.Cli.Tests;

/// <summary>A folder with two small pictures, and the tool run in it with a painter that only pretends.</summary>
internal sealed class Studio : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-cli-").FullName;

    public Studio()
    {
        PictureFile.Save(Gradient(9, 5), Content);
        PictureFile.Save(Gradient(5, 7), Style);
    }

    public FakePainter Painter { get; } = new();

    public EngineOptions? Engine { get; private set; }

    public CancellationToken Interrupt { get; set; }

    public bool IsLive { get; set; }

    public int OutColumns { get; set; } = 100;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Environment variables that the tool sees, and no others.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public byte[] Input { get; set; } = [];

    /// <summary>Replaces <see cref="Input"/>.</summary>
    public Func<Stream>? OpenInput { get; set; }

    /// <summary>Replaces the painter that only pretends.</summary>
    public Func<EngineOptions, IPainter>? CreatePainter { get; init; }

    public MemoryStream Output { get; } = new();

    public string Content => At("content.png");

    public string Style => At("style.png");

    public string Result => At("out.png");

    public string[] Files => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order()];

    public string At(string name) => Path.Combine(_folder, name);

    public Outcome Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        Host host = new()
        {
            Out = output,
            Error = error,
            OpenInput = OpenInput ?? (() => new MemoryStream(Input)),
            OpenOutput = () => Output,
            IsLive = IsLive,
            OutColumns = OutColumns,
            Interrupt = Interrupt,
            Clock = Clock,
            Variable = name => Variables.GetValueOrDefault(name),
            CreatePainter = CreatePainter ?? (engine =>
            {
                Engine = engine;
                return Painter;
            }),
        };
        int code = Program.Run(args, host);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Paints content.png in the style of style.png to out.png.</summary>
    public Outcome Stylize(params string[] more) => Run(["stylize", Content, "--style", Style, "-o", Result, .. more]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Picture Gradient(int width, int height)
    {
        Picture picture = new(width, height);
        for (int i = 0; i < picture.Red.Length; i++)
            picture.Red[i] = i / 255f;
        return picture;
    }
}

/// <summary>What a run left behind.</summary>
internal sealed record Outcome(int Code, string Out, string Error)
{
    public JsonElement Json => JsonElement.Parse(Out);
}

/// <summary>Returns the content as the result after three steps at two sizes.</summary>
internal sealed class FakePainter : IPainter
{
    private static readonly ImmutableArray<LossTerm> Terms =
    [
        new(LossKind.Style, "relu1_1", "style relu1_1", 2, 3.5), new(LossKind.TotalVariation, null, "tv", 0.5, 0.25),
    ];

    public StylizeRequest? Request { get; private set; }

    public StylizeOptions? Judged { get; private set; }

    public SpatialGuides? JudgedGuides { get; private set; }

    public (Picture? Content, int Styles) JudgedPictures { get; private set; }

    public Picture? JudgedPalette { get; private set; }

    public Precision Precision { get; set; } = Precision.Single;

    public Exception? Error { get; set; }

    /// <summary>Called after each step, as if a person acted meanwhile.</summary>
    public Action<StylizeProgress> OnStep { get; set; } = _ => { };

    /// <summary>Called while a picture is judged, as if a person acted meanwhile.</summary>
    public Action OnJudge { get; set; } = () => { };

    /// <summary>Called by a plan.</summary>
    public Action OnPlan { get; set; } = () => { };

    public ImmutableArray<string> Warnings { get; set; } = [];

    public Precision PrecisionFor(StylizeOptions options) => Precision;

    /// <summary>Called with each request that is looked at before it is painted.</summary>
    public Action<StylizeRequest> OnCheck { get; set; } = _ => { };

    /// <summary>Memory that each painting is said to need.</summary>
    public long PeakBytes { get; set; }

    public RunForecast Check(StylizeRequest request)
    {
        OnCheck(request);
        return new RunForecast(PeakBytes, Warnings);
    }

    public StylizeResult Stylize(StylizeRequest request, IProgress<StylizeProgress>? progress, CancellationToken cancel)
    {
        Request = request;
        Picture shown = request.Content ?? request.Styles[0].Picture!;
        cancel.ThrowIfCancellationRequested();
        for (int step = 0; step < 6 && !cancel.IsCancellationRequested; step++)
        {
            StylizeProgress value = new()
            {
                Scale = 1 + (step / 3),
                ScaleCount = 2,
                Width = shown.Width,
                Height = shown.Height,
                Iteration = 1 + (step % 3),
                IterationCount = 3,
                RunIteration = step + 1,
                Fraction = (step + 1) / 6.0,
                Terms = Terms,
                Preview = () => shown,
            };
            progress?.Report(value);
            OnStep(value);
        }

        return Error is not null ? throw Error : new StylizeResult
        {
            Picture = shown,
            IsComplete = !cancel.IsCancellationRequested,
            Terms = Terms,
            Scales =
            [
                new ScaleReport(4, 3, [9, 8, 7]) { Terms = [new TermHistory("tv", [3, 2, 1])] },
                new ScaleReport(9, 5, [6, 5, 4]),
            ],
            Warnings = Warnings,
        };
    }

    public RunPlan Plan(StylizeRequest request, TimeProvider clock, CancellationToken cancel)
    {
        Request = request;
        OnPlan();
        return new RunPlan(
            [
                new ScalePlan(64, 48, 120, 1.5, 140_000_000, 48),
                new ScalePlan(4096, 3072, 60, 30, 2_500_000_000, 64),
            ],
            31.5, 2_500_000_000);
    }

    public Evaluation Evaluate(
        Picture picture, Picture? content, IReadOnlyList<Style> styles, StylizeOptions options, SpatialGuides guides,
        Picture? palette, CancellationToken cancel)
    {
        (JudgedGuides, JudgedPalette) = (guides, palette);
        (Judged, JudgedPictures) = (options, (content, styles.Count));
        OnJudge();
        return new Evaluation
        {
            Loss = 3.75,
            Terms = Terms,
            Width = picture.Width,
            Height = picture.Height,
            Warnings = Warnings,
            Gradient = [.. Enumerable.Range(0, 3 * picture.Width * picture.Height).Select(i => (float)i)],
        };
    }

    public StyleStatistics Extract(
        IReadOnlyList<Picture> artworks, StylizeOptions options, IReadOnlyList<int>? sizes,
        ImmutableArray<Picture?> regions, CancellationToken cancel)
    {
        using Stylizer stylizer = new(new EngineOptions { Threads = 1 });
        return stylizer.Extract(artworks, options, sizes, regions, cancel);
    }

    public void Dispose() { }
}
