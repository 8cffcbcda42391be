using Atelier.Options;
using Atelier.Styles;
using Atelier.Testing;

namespace Atelier.Tests;

[Collection(nameof(RunAlone))]
public sealed class StylizerAsyncTests : IDisposable
{
    private readonly Stylizer _stylizer = new();

    private static StylizeRequest Request { get; } = new()
    {
        Content = Numbers.Picture(1, 37, 49),
        Styles = [Numbers.Picture(2, 40, 31)],
        Options = StylizeOptions.Default with
        {
            Size = 41,
            Scales = [29, 41],
            Iterations = 3,
            Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
        },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _stylizer.Dispose();

    [Fact]
    public async Task StylizeAsync_Uncancelled_GivesWhatStylizeGivesWithoutBlockingTheCaller()
    {
        StylizeResult expected = _stylizer.Stylize(Request, cancel: Cancel);
        using ManualResetEventSlim gate = new();

        Task<StylizeResult> task = _stylizer.StylizeAsync(Request, new Listener(() => gate.Wait(Cancel)), Cancel);

        Assert.False(task.IsCompleted);
        gate.Set();
        StylizeResult result = await task;
        Assert.True(result.IsComplete);
        Assert.Equal(expected.Picture.Planes, result.Picture.Planes);
    }

    [Fact]
    public async Task StylizeAsync_CancelledMidway_EndsWithThePictureSoFar()
    {
        using CancellationTokenSource source = new();

        StylizeResult result = await _stylizer.StylizeAsync(Request, new Listener(source.Cancel), source.Token);

        Assert.False(result.IsComplete);
        Assert.True(result.Picture.Width > 1);
    }

    [Fact]
    public async Task EveryMethod_CancelledBefore_DoesNotBegin()
    {
        CancellationToken cancelled = new(canceled: true);
        Func<Task>[] calls =
        [
            () => _stylizer.StylizeAsync(Request, cancel: cancelled),
            () => _stylizer.PlanAsync(Request, cancel: cancelled),
            () => _stylizer.ExtractAsync([Request.Content!], Request.Options, cancel: cancelled),
            () => _stylizer.EvaluateAsync(
                Request.Content!, Request.Content, Request.Styles, Request.Options, cancel: cancelled),
        ];

        foreach (Func<Task> call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        }
    }

    [Fact]
    public async Task EvaluateAndExtractAsync_Uncancelled_GiveWhatTheOthersGive()
    {
        Evaluation judged = await _stylizer.EvaluateAsync(
            Request.Content!, Request.Content, Request.Styles, Request.Options, cancel: Cancel);
        StyleStatistics style = await _stylizer.ExtractAsync(
            [Numbers.Picture(2, 40, 31)], Request.Options, [29], cancel: Cancel);
        RunPlan plan = await _stylizer.PlanAsync(Request, cancel: Cancel);

        Assert.Equal(
            _stylizer.Evaluate(Request.Content!, Request.Content, Request.Styles, Request.Options).Loss, judged.Loss);
        Assert.Equal([29], style.Sizes);
        Assert.Equal(2, plan.Scales.Length);
    }

    [Fact]
    public async Task StylizeAsync_BadOptions_FailsTheTask()
    {
        StylizeRequest request = Request with { Options = Request.Options with { Iterations = -1 } };

        await Assert.ThrowsAsync<OptionsException>(() => _stylizer.StylizeAsync(request, cancel: Cancel));
    }

    private sealed class Listener(Action report) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => report();
    }
}
