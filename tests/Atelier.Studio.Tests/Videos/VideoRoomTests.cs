using Atelier.Engine;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Studio.Gallery;
using Atelier.Studio.Library;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Videos;
using Atelier.Testing;
using Atelier.Video;
using Atelier.Workshop;

namespace Atelier.Studio.Tests.Videos;

public sealed class VideoRoomTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _temporary = new();
    private readonly EngineOptions _engine = new() { Threads = 1 };
    private readonly StudioFolder _folder;
    private readonly PaintingRoom _painting;
    private readonly SideWork _side;
    private readonly ClipReader _clips;
    private readonly VideoShelf _shelf;
    private readonly VideoRoom _room;

    public VideoRoomTests()
    {
        _folder = new StudioFolder(_temporary.Path);
        _painting = new PaintingRoom(_folder, _engine);
        _side = new SideWork(_painting, _engine);
        _clips = new ClipReader(_folder, () => Machine.FindFfmpeg(_temporary.PathOf("nowhere")));
        _shelf = new VideoShelf(_folder, new Trash(_folder));
        _room = new VideoRoom(_folder, _clips, _shelf, _painting, _engine);
    }

    public void Dispose()
    {
        _room.Dispose();
        _side.Dispose();
        _painting.Dispose();
        _clips.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task PartOfAnAnimation_BecomesAnAnimation_WithoutFfmpeg()
    {
        Choose();
        _room.Choose(choice => choice.WithRange(1, 3));

        LiveVideo video = Begin();
        await Until(video, VideoState.Complete);

        VideoItem item = Assert.Single(_shelf.List());
        Assert.Equal("bar - stripes.gif", item.File.Name);
        Assert.Equal((3, true), (item.Record.Painted, item.Record.IsComplete));
        Clip result = _clips.Open(item.File);
        Assert.Equal((48, 32, 3), (result.Format.Width, result.Format.Height, result.FrameCount));
        Assert.Equal(0.1, item.Record.Start, 1e-9);
        Assert.False(_shelf.HasFrames(item.File.Name));
        Assert.NotNull(await video.Frames.WaitAsync(0, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StyleFileInPlaceOfAnArtwork_Paints_AndTheVideoCanBePaintedAgain()
    {
        Choose();
        StoredPicture style = (await new StyleLibrary(_folder, _side).ExtractAsync(
            _room.Choice.Look.Artworks, StylizeOptions.Default, "bold", TestContext.Current.CancellationToken)).Picture;
        _room.Choose(choice => choice.WithRange(0, 1).WithLook(look => look with { Artworks = [style] }));

        LiveVideo video = Begin();
        await Until(video, VideoState.Complete);

        VideoItem item = Assert.Single(_shelf.List());
        Assert.Equal("bar - bold.gif", item.File.Name);
        Assert.Equal([style], _room.ChoiceOf(item).Look.Artworks);
        StoredPicture renamed = _folder.Rename(style, "bolder");
        _room.Rename(style, renamed);
        Assert.Equal([renamed], _room.Choice.Look.Artworks);
        Assert.Equal([renamed], _room.ChoiceOf(_shelf.Find(item.File.Name)!).Look.Artworks);
    }

    [Fact]
    public async Task Stopped_KeepsItsFrames_AndGoesOnToTheSameVideo()
    {
        Choose();
        LiveVideo whole = Begin();
        await Until(whole, VideoState.Complete);

        LiveVideo first = Begin();
        await Until(first, () => first.Painted >= 2);
        first.Cancel();
        await Until(first, VideoState.Stopped);
        VideoItem stopped = _shelf.Find(first.File.Name)!;
        Assert.False(stopped.Record.IsComplete);
        Assert.True(stopped.IsPlayable && _shelf.HasFrames(stopped.File.Name));

        _room.Choose(_ => new VideoChoice());
        _room.GoOn(stopped);
        await Until(_room.Current!, VideoState.Complete);

        Assert.NotEqual(whole.File, first.File);
        Assert.Equal(first.File, _room.Current!.File);
        Assert.Equal(
            File.ReadAllBytes(_folder.PathOf(whole.File)), File.ReadAllBytes(_folder.PathOf(first.File)));
    }

    [Fact]
    public async Task StoppedBeforeItsFirstFrame_LeavesNothing()
    {
        Choose(iterations: 100_000);
        LiveVideo video = Begin();
        await Until(video, () => video.Progress is not null);

        video.Cancel();
        await Until(video, VideoState.Stopped);

        Assert.Empty(Directory.EnumerateFiles(_folder.FolderOf(PictureKind.Videos)));
    }

    [Fact]
    public async Task Paused_StandsStill_UntilItIsResumed()
    {
        Choose(iterations: 100_000);
        LiveVideo video = Begin();
        await Until(video, () => video.Progress is not null);

        video.Pause();
        await Until(video, VideoState.Paused);
        VideoProgress? still = video.Progress;
        await Task.Delay(250, TestContext.Current.CancellationToken);
        Assert.Same(still, video.Progress);

        video.Resume();
        await Until(video, () => video.Progress != still);
    }

    [Fact]
    public async Task Picture_ComesFirst_AndTheVideoWaits()
    {
        Choose(iterations: 100_000);
        LiveVideo video = Begin();
        await Until(video, () => video.Progress is not null);

        StoredPicture photograph = _folder.Add(PictureKind.Photographs, "photo.png", TestPictures.Photograph);
        _painting.Choose(choice => choice.With(_room.Choice.Look.Artworks[0]) with
        {
            Photograph = photograph,
            Options = choice.Options with { Size = 64, Iterations = 100_000 },
        });
        await Until(video, VideoState.Waiting);

        _painting.Choose(choice => choice with { Photograph = null });
        await Until(video, VideoState.Painting);
    }

    [Fact]
    public async Task WorkBesideThePicture_ComesFirst()
    {
        Choose(iterations: 100_000);
        LiveVideo video = Begin();
        await Until(video, () => video.Progress is not null);
        TaskCompletionSource done = new();

        Task<int> work = _side.RunAsync((_, cancel) =>
        {
            done.Task.Wait(cancel);
            return 0;
        }, TestContext.Current.CancellationToken);
        await Until(video, VideoState.Waiting);

        done.SetResult();
        await work;
        await Until(video, VideoState.Painting);
    }

    [Fact]
    public async Task Draft_IsThePaintingOfItsFrame_AndLeavesNoFile()
    {
        Choose();

        _room.BeginTrial(3);
        TrialFrame draft = _room.Trial!;
        await Until(draft, VideoState.Complete);

        Assert.Equal(3, draft.FrameOfClip);
        Frame? frame = await draft.Frames.WaitAsync(0, TestContext.Current.CancellationToken);
        Picture picture = PictureFile.Decode(frame!.Jpeg);
        Assert.Equal((48, 32), (picture.Width, picture.Height));
        Assert.Empty(_shelf.List());
    }

    [Fact]
    public async Task Plan_PredictsTimeAndMemory()
    {
        Choose();

        VideoPlan plan = await new VideoPlanner(_folder, _clips, _side).PlanAsync(
            _room.Choice, TestContext.Current.CancellationToken);

        Assert.True(plan.FirstSeconds > 0 && plan.NextSeconds > 0 && plan.PeakBytes > 0);
        Assert.Equal(
            plan.FirstSeconds + (9 * plan.NextSeconds),
            plan.SecondsOf(5, VideoOptions.Default with { Passes = 2 }), 1e-9);
    }

    [Fact]
    public async Task Deleted_IsInTheTrash_WithItsRecord_AndCanBeTakenBack()
    {
        Choose();
        await Until(Begin(), VideoState.Complete);
        VideoItem item = Assert.Single(_shelf.List());

        IReadOnlyList<DeletedPicture> deleted = _shelf.Delete(item);
        Assert.Empty(_shelf.List());
        Assert.Equal(2, deleted.Count);

        _shelf.TakeBack(deleted);
        Assert.Equal(item, _shelf.List().Single() with { Record = item.Record });
    }

    [Fact]
    public async Task TakenBack_StaysTogether_WhenItsNameWasTaken()
    {
        Choose();
        await Until(Begin(), VideoState.Complete);
        VideoItem item = Assert.Single(_shelf.List());
        IReadOnlyList<DeletedPicture> deleted = _shelf.Delete(item);
        File.WriteAllBytes(_shelf.PathOf(item.File.Name), [1]);

        _shelf.TakeBack(deleted);

        VideoItem back = Assert.Single(_shelf.List());
        Assert.Equal(StudioFolder.Numbered(item.File.Name, 2), back.File.Name);
        Assert.Equal(item.Bytes, back.Bytes);
        Assert.True(back.Record.IsComplete);
    }

    [Fact]
    public async Task MissingArtwork_IsAFailureThatNamesIt()
    {
        Choose();
        File.Delete(_folder.PathOf(_room.Choice.Look.Artworks[0]));

        _room.Begin(plan: null);
        await Until(() => _room.Current!.IsOver);

        Assert.Equal(VideoState.Failed, _room.Current!.State);
        Assert.Contains("stripes.png", _room.Current.Failure!.Message);
        Assert.Empty(_shelf.List());
    }

    [Fact]
    public async Task VideoFile_BecomesAVideoFile()
    {
        byte[] clip = TestClips.Mp4();
        using ClipReader clips = new(_folder, () => Machine.FindFfmpeg());
        using VideoRoom room = new(_folder, clips, _shelf, _painting, _engine);
        Choose(room, _folder.Add(PictureKind.Clips, "bar.mp4", clip));
        room.Choose(choice => choice.WithRange(2, 4));

        room.Begin(plan: null);
        await Until(room.Current!, VideoState.Complete);

        Clip result = clips.Open(room.Current!.File);
        Assert.Equal("bar - stripes.mp4", room.Current.File.Name);
        Assert.Equal((48, 32, 3), (result.Format.Width, result.Format.Height, result.FrameCount));
        Assert.Equal(0.3, result.Seconds, 0.001);
    }

    private void Choose(int iterations = 3)
        => Choose(_room, _folder.Add(PictureKind.Clips, "bar.gif", TestClips.Gif), iterations);

    private void Choose(VideoRoom room, StoredPicture clip, int iterations = 3)
    {
        StoredPicture artwork = _folder.Add(PictureKind.Artworks, "stripes.png", TestPictures.Artwork);
        room.ChooseClip(clip);
        room.Choose(choice => choice.WithLook(look => look.With(artwork) with
        {
            Options = StylizeOptions.Default with { Size = 48, Iterations = iterations },
        }));
    }

    private LiveVideo Begin()
    {
        _room.Begin(plan: null);
        return _room.Current!;
    }

    private static Task Until(VideoWork work, VideoState state) => Until(work, () => work.State == state);

    private static Task Until(VideoWork work, Func<bool> isSo) => Until(() =>
    {
        Assert.True(work.Failure is null, work.Failure?.Message);
        return isSo();
    });

    private static async Task Until(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!isSo())
            await Task.Delay(5, patience.Token);
    }
}
