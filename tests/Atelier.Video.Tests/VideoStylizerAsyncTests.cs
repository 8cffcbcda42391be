using Atelier.Imaging;
using Atelier.Testing;

namespace Atelier.Video.Tests;

[Collection(nameof(RunAlone))]
public sealed class VideoStylizerAsyncTests
{
    [Fact]
    public async Task StylizeAsync_Uncancelled_GivesWhatStylizeGivesWithoutBlockingTheCaller()
    {
        VideoRequest request = VideoCase.Request with { Options = VideoCase.Options with { Iterations = 3 } };
        Picture[] contents = MovingScene.Frames(1, 2);
        MemorySink expected = new();
        VideoCase.Paint(request, contents, expected);
        using ManualResetEventSlim gate = new();
        MemorySink sink = new() { OnWrite = _ => gate.Wait(TestContext.Current.CancellationToken) };
        using VideoStylizer stylizer = new();

        Task<VideoResult> task = stylizer.StylizeAsync(
            request, MovingScene.Source(contents), sink, cancel: TestContext.Current.CancellationToken);

        Assert.False(task.IsCompleted);
        gate.Set();
        Assert.True((await task).IsComplete);
        Assert.Equal(expected.Values, sink.Values);
    }
}
