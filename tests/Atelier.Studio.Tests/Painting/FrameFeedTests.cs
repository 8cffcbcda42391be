using Atelier.Imaging;
using Atelier.Studio.Painting;

namespace Atelier.Studio.Tests.Painting;

public sealed class FrameFeedTests : IDisposable
{
    private readonly FrameFeed _frames = new();

    public void Dispose() => _frames.Dispose();

    [Fact]
    public async Task PictureThatNobodyWaitsFor_IsNeverMade()
    {
        _frames.Offer(() => throw new InvalidOperationException("Nobody has asked for it."));
        _frames.Offer(() => new Picture(7, 5));

        Frame? frame = await _frames.WaitAsync(0, TestContext.Current.CancellationToken);

        Assert.Equal((7, 5), SizeOf(frame!));
        Assert.Equal(1, frame!.Number);
    }

    [Fact]
    public async Task KnownFrame_IsNotSentAgain()
    {
        _frames.Offer(() => new Picture(7, 5));
        Frame? first = await _frames.WaitAsync(0, TestContext.Current.CancellationToken);
        Task<Frame?> next = _frames.WaitAsync(first!.Number, TestContext.Current.CancellationToken);

        Assert.False(next.IsCompleted);
        _frames.Offer(() => new Picture(9, 5), isFinal: true);

        Assert.Equal((9, 5), SizeOf((await next)!));
        Assert.Equal((9, 5), SizeOf((await _frames.WaitAsync(0, TestContext.Current.CancellationToken))!));
    }

    [Fact]
    public async Task LargePicture_IsSmallerWhileItIsPainted_AndWholeInTheEnd()
    {
        _frames.Offer(() => new Picture(1536, 512));
        Frame? coarse = await _frames.WaitAsync(0, TestContext.Current.CancellationToken);
        _frames.Offer(() => new Picture(1536, 512), isFinal: true);
        Frame? final = await _frames.WaitAsync(coarse!.Number, TestContext.Current.CancellationToken);

        Assert.Equal((1024, 341), SizeOf(coarse));
        Assert.Equal((1536, 512), SizeOf(final!));
    }

    [Fact]
    public async Task End_WakesThoseWhoWait()
    {
        Task<Frame?> waiting = _frames.WaitAsync(0, TestContext.Current.CancellationToken);

        _frames.Dispose();

        Assert.Null(await waiting);
    }

    private static (int Width, int Height) SizeOf(Frame frame)
    {
        PictureInfo info = PictureFile.Identify(frame.Jpeg);
        return (info.Width, info.Height);
    }
}
