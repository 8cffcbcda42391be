using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Testing;

namespace Atelier.Tests;

/// <summary>Paintings that are steered, and the same paintings again from what was recorded.</summary>
public sealed class StylizeSessionTests : IDisposable
{
    private static readonly StylizeRequest Request = new()
    {
        Content = Numbers.Picture(1, 37, 49),
        Styles = [Numbers.Picture(2, 40, 31), Numbers.Picture(3, 52, 47)],
        Options = StylizeOptions.Default with
        {
            Scales = [29, 41],
            Size = 41,
            Margin = 3,
            Iterations = 7,
            InitialIterations = null,
            IterationGrowth = 0,
            Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
        },
    };

    private readonly Stylizer _stylizer = new();

    public static TheoryData<string, OptimizerKind> Changes => new()
    {
        { "content-weight", OptimizerKind.Adam },
        { "style-weights", OptimizerKind.Adam },
        { "style-scale", OptimizerKind.Lbfgs },
        { "tv-weight", OptimizerKind.Gd },
        { "color", OptimizerKind.Adam },
        { "style-weight", OptimizerKind.Adam },
        { "mask", OptimizerKind.Adam },
    };

    public void Dispose() => _stylizer.Dispose();

    [Theory]
    [MemberData(nameof(Changes))]
    public void Paint_ChangedOnTheWay_IsReproducedToTheByte(string what, OptimizerKind optimizer)
    {
        StylizeRequest request = Request with { Options = Request.Options with { Optimizer = optimizer } };
        using StylizeSession session = new(_stylizer, request);

        StylizeResult steered = session.Paint(At(3, () => Change(session, what)), Cancel);

        StylizeChange change = Assert.Single(session.Request.Changes);
        Assert.Equal(3, change.AfterIteration);
        StylizeResult again = _stylizer.Stylize(session.Request, cancel: Cancel);
        Assert.Equal(steered.Picture.Planes, again.Picture.Planes);
        Assert.Equal(14, again.Scales.Sum(scale => scale.Losses.Length));
        Assert.Equal(Histories(steered), Histories(again));
        Assert.NotEqual(_stylizer.Stylize(request, cancel: Cancel).Picture.Planes, again.Picture.Planes);
    }

    [Fact]
    public void Paint_ChangedBetweenScales_BelongsToTheLargerOne()
    {
        using StylizeSession session = new(_stylizer, Request);

        StylizeResult steered = session.Paint(
            At(7, () => session.Change(session.Options with { Iterations = 9, TvWeight = 3 })), Cancel);

        Assert.Equal(7, Assert.Single(session.Request.Changes).AfterIteration);
        Assert.Equal([7, 9], steered.Scales.Select(scale => scale.Losses.Length));
        Assert.Equal(
            steered.Picture.Planes, _stylizer.Stylize(session.Request, cancel: Cancel).Picture.Planes);
    }

    [Fact]
    public void Paint_NotChanged_IsLikeStylize()
    {
        using StylizeSession session = new(_stylizer, Request);

        Picture painted = session.Paint(cancel: Cancel).Picture;

        Assert.Equal(_stylizer.Stylize(Request, cancel: Cancel).Picture.Planes, painted.Planes);
        Assert.Equal([0, 7, 14], session.Moments.Select(moment => moment.Iterations));
        Assert.Equal(painted.Planes, session.Moments[^1].Preview().Planes);
        Assert.Equal([29, 41, 41], session.Moments.Select(moment => moment.Preview().Width));
    }

    [Fact]
    public void Paint_ProlongedAndEnlargedAtTheEnd_GoesOnAndIsReproduced()
    {
        using StylizeSession session = new(_stylizer, Request);
        session.Paint(cancel: Cancel);

        session.Prolong(4);
        StylizeResult longer = session.Paint(cancel: Cancel);
        session.Enlarge(60);
        StylizeResult larger = session.Paint(cancel: Cancel);

        Assert.Equal([7, 11], longer.Scales.Select(scale => scale.Losses.Length));
        Assert.Equal([29, 41, 60], larger.Scales.Select(scale => scale.Width));
        Assert.Equal([14, 18], session.Request.Changes.Select(change => change.AfterIteration));
        Assert.Equal(60, larger.Picture.Width);
        Assert.Equal(
            larger.Picture.Planes, _stylizer.Stylize(session.Request, cancel: Cancel).Picture.Planes);
    }

    [Fact]
    public void ReturnTo_MomentBeforeAChange_IsAsIfItHadNotBeen()
    {
        using StylizeSession session = new(_stylizer, Request);
        bool hasReturned = false;
        void Return()
        {
            if (!hasReturned)
            {
                hasReturned = true;
                session.ReturnTo(session.Moments.Single(moment => moment.Iterations == 3));
            }
        }

        StylizeResult result = session.Paint(
            new Both(At(3, () =>
            {
                if (!hasReturned)
                {
                    Change(session, "content-weight");
                }
            }), At(9, Return)), Cancel);

        Assert.True(hasReturned);
        Assert.Empty(session.Request.Changes);
        Assert.Equal(_stylizer.Stylize(Request, cancel: Cancel).Picture.Planes, result.Picture.Planes);
    }

    [Fact]
    public async Task Pause_UntilResumed_PaintsNothing()
    {
        using StylizeSession session = new(_stylizer, Request);
        int iterations = 0;
        using ManualResetEventSlim paused = new();
        Task<StylizeResult> painting = Task.Run(
            () => session.Paint(
                new Inline(step =>
                {
                    iterations = step.RunIteration;
                    if (iterations == 4)
                    {
                        session.Pause();
                        paused.Set();
                    }
                }),
                Cancel),
            Cancel);
        Assert.True(paused.Wait(TimeSpan.FromSeconds(60), Cancel));
        await Task.Delay(100, Cancel);

        Assert.True(session.IsPaused);
        Assert.Equal(4, iterations);
        session.Resume();
        StylizeResult result = await painting;
        Assert.Equal(_stylizer.Stylize(Request, cancel: Cancel).Picture.Planes, result.Picture.Planes);
    }

    [Theory]
    [InlineData(3), InlineData(5), InlineData(7), InlineData(8)]
    public void Stylize_ChangedAndInterrupted_ResumesToTheSameBytes(int interrupted)
    {
        using TemporaryFolder folder = new();
        StylizeRequest request = Request with
        {
            Changes =
            [
                new StylizeChange(3, Request.Options with { ContentWeight = 0 }),
                new StylizeChange(7, Request.Options with { StyleScale = 0.7 }),
            ],
        };
        CheckpointOptions checkpoint = new()
        {
            Path = Path.Combine(folder.Path, "state"),
            Recipe = new Recipe { Options = request.Options },
        };
        using CancellationTokenSource stop = new();
        Picture expected = _stylizer.Stylize(request, cancel: Cancel).Picture;

        StylizeResult part = _stylizer.Stylize(
            request with { Checkpoint = checkpoint }, At(interrupted, stop.Cancel), stop.Token);
        StylizeResult whole = _stylizer.Stylize(
            request with { Checkpoint = checkpoint with { Resume = true } }, cancel: Cancel);

        Assert.False(part.IsComplete);
        Assert.Equal(expected.Planes, whole.Picture.Planes);
    }

    [Theory]
    [InlineData("network"), InlineData("optimizer"), InlineData("size"), InlineData("margin"), InlineData("init")]
    [InlineData("style-weights")]
    public void Change_WhatCannotChange_IsRefused(string option)
    {
        using StylizeSession session = new(_stylizer, Request);
        StylizeOptions options = Request.Options;

        OptionsException error = Assert.Throws<OptionsException>(() => session.Change(option switch
        {
            "network" => options with { Network = "compact" },
            "optimizer" => options with { Optimizer = OptimizerKind.Lbfgs },
            "size" => options with { Size = 50, Scales = [29, 50] },
            "margin" => options with { Margin = 8 },
            "init" => options with { Init = InitKind.Noise },
            _ => options with { StyleWeights = [1, 2, 3] },
        }));

        Assert.Equal(option, Assert.Single(error.Problems).Option);
        Assert.Empty(session.Request.Changes);
    }

    [Fact]
    public void Enlarge_ToASmallerSize_IsRefused()
    {
        using StylizeSession session = new(_stylizer, Request);

        Assert.Equal("size", Assert.Throws<OptionsException>(() => session.Enlarge(41)).Problems[0].Option);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Prolong(0));
    }

    [Fact]
    public void Stylize_ChangesThatCannotBe_AreRefused()
    {
        StylizeOptions options = Request.Options;
        StylizeRequest Changed(params StylizeChange[] changes) => Request with { Changes = [.. changes] };

        foreach (StylizeRequest request in (StylizeRequest[])
            [
                Changed(new StylizeChange(5, options), new StylizeChange(4, options)),
                Changed(new StylizeChange(-1, options)),
                Changed(new StylizeChange(1, options with { Optimizer = OptimizerKind.Gd })),
                Changed(new StylizeChange(1, options with { ContentWeight = -1 })),
            ])
        {
            Assert.Throws<OptionsException>(() => _stylizer.Check(request));
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<double> Histories(StylizeResult result)
        => result.Scales.SelectMany(scale => scale.Terms).SelectMany(term => term.Values);

    private static void Change(StylizeSession session, string what)
    {
        StylizeOptions options = session.Options;
        if (what == "mask")
        {
            float[] left = [.. Enumerable.Range(0, 49 * 37).Select(i => i % 49 < 20 ? 1f : 0f)];
            StyleMask mask = StyleMask.FromPicture(new Picture(49, 37, left, left, left));
            session.Change(options, new SpatialGuides { StyleMasks = [mask, StyleMask.Rest] });
            return;
        }

        session.Change(what switch
        {
            "content-weight" => options with { ContentWeight = 0.5 },
            "style-weights" => options with { StyleWeights = [3, 1] },
            "style-scale" => options with { StyleScale = 0.6 },
            "tv-weight" => options with { TvWeight = 3 },
            "color" => options with { Color = ColorKind.Luminance },
            _ => options with { StyleWeight = 0 },
        });
    }

    private static Inline At(int iteration, Action action) => new(step =>
    {
        if (step.RunIteration == iteration)
        {
            action();
        }
    });

    private sealed class Inline(Action<StylizeProgress> report) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => report(value);
    }

    private sealed class Both(Inline first, Inline second) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value)
        {
            first.Report(value);
            second.Report(value);
        }
    }
}
