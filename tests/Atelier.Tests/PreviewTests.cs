using System.Collections.Concurrent;
using Atelier.Imaging;
using Atelier.Optimizers;
using Atelier.Options;
using Atelier.Pyramid;
using Atelier.Testing;

namespace Atelier.Tests;

/// <summary>Previews that are kept and looked at from another thread, while a run goes on and afterwards.</summary>
public sealed class PreviewTests
{
    [Theory]
    [InlineData(OptimizerKind.Adam), InlineData(OptimizerKind.Lbfgs), InlineData(OptimizerKind.Gd)]
    public async Task Preview_KeptByAnotherThread_IsAPictureAndChangesNothing(OptimizerKind optimizer)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        StylizeRequest request = new()
        {
            Content = Numbers.Picture(1, 37, 49),
            Styles = [Numbers.Picture(2, 40, 31)],
            Options = StylizeOptions.Default with
            {
                Size = null,
                Scales = [33, 49],
                Margin = 3,
                Iterations = 6,
                Optimizer = optimizer,
                Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
            },
        };
        using Stylizer stylizer = new();
        Picture expected = stylizer.Stylize(request, cancel: cancel).Picture;
        ConcurrentQueue<StylizeProgress> kept = [];
        using CancellationTokenSource ended = new();
        Task viewer = Task.Run(
            () =>
            {
                while (!ended.IsCancellationRequested)
                {
                    foreach (StylizeProgress progress in kept)
                        AssertIsPicture(progress);
                }
            },
            cancel);

        // It hands each report to the thread pool.
        Progress<StylizeProgress> reports = new(kept.Enqueue);
        StylizeResult result = stylizer.Stylize(request, reports, cancel);
        await ended.CancelAsync();
        await viewer;
        stylizer.Dispose();

        Assert.Equal(expected.Planes, result.Picture.Planes);
        while (kept.Count < result.Scales.Sum(scale => scale.Losses.Length))
            await Task.Delay(1, cancel);
        Assert.All(kept, AssertIsPicture);
        StylizeProgress[] final = [.. kept.Where(progress => progress.Scale == progress.ScaleCount)];
        Assert.All(final, progress => Assert.Equal(expected.Planes, progress.Preview().Planes));
    }

    [Fact]
    public async Task StateOfAStage_WaitsForWhoeverReadsItsPicture()
    {
        using Stylizer stylizer = new();
        using PreparedRun run = stylizer.Prepare(new StylizeRequest
        {
            Content = Numbers.Picture(1, 37, 49),
            Styles = [Numbers.Picture(2, 40, 31)],
            Options = StylizeOptions.Default with
            {
                Size = null,
                Scales = [33, 49],
                Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
            },
        });
        using PyramidStage stage = new(run, run.Scales[0], null, null);
        Task<AdamState?> state = ReadWhileThePictureIsRead(stage);

        Assert.NotNull(await state);
    }

    [Fact]
    public void Preview_CalledInEveryReport_ShowsThePictureChange()
    {
        List<Picture> seen = [];
        using Stylizer stylizer = new();
        stylizer.Stylize(
            new StylizeRequest
            {
                Content = Numbers.Picture(1, 37, 49),
                Styles = [Numbers.Picture(2, 40, 31)],
                Options = StylizeOptions.Default with
                {
                    Size = null,
                    Scales = [49],
                    Iterations = 4,
                    Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
                },
            },
            new AtOnce(progress => seen.Add(progress.Preview())), TestContext.Current.CancellationToken);

        Assert.Equal(4, seen.Count);
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.NotEqual(pair.First.Red, pair.Second.Red));
    }

    private static Task<AdamState?> ReadWhileThePictureIsRead(PyramidStage stage)
    {
        using Lock.Scope _ = stage.Picture.EnterStep();
        Task<AdamState?> state = Task.Run(() => stage.WarmStartState);
        Thread.Sleep(50);
        Assert.False(state.IsCompleted);
        return state;
    }

    private static void AssertIsPicture(StylizeProgress progress)
    {
        Picture picture = progress.Preview();
        Assert.Equal((progress.Width, progress.Height), (picture.Width, picture.Height));
        Assert.All(picture.Planes, plane =>
        {
            Assert.DoesNotContain(plane, value => value is not (>= -1e-4f and <= 1.0001f));
            Assert.True(plane.Max() - plane.Min() > 0.2f);
        });
    }

    private sealed class AtOnce(Action<StylizeProgress> report) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => report(value);
    }
}
