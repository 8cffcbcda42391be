using Atelier.Jobs;
using Atelier.Studio.Queue;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Tests.Queue;

public sealed class ResultKeeperTests : IAsyncDisposable
{
    private readonly StudioRooms _rooms = new();
    private readonly QueueRoom _queue;

    public ResultKeeperTests() => _queue = new QueueRoom(null, _rooms.Folder, _rooms.Room.Turns, new() { Threads = 1 });

    [Fact]
    public async Task Result_TakesNoOtherFilesName_AndIsKeptOnce_AlsoIfTheMarkWasLost()
    {
        Job job = await QueueCase.AddAsync(_queue, _rooms.Folder);
        _rooms.Folder.Create(PictureKind.Results, job.Name, stream => stream.Write(TestPictures.Photograph));
        await QueueCase.CompleteAsync(_queue, _rooms.Folder, job, TestPictures.Artwork);

        await KeepAsync();
        string name = (await QueueCase.NowAsync(_queue, job)).KeptAs!;
        Assert.Equal("photo - stripes-2.png", name);
        Assert.Equal(TestPictures.Artwork, File.ReadAllBytes(PathOf(name)));

        // The program ended before it could mark the job.
        await QueueCase.SetAsync(_rooms.Folder, job, "kept = null");
        await KeepAsync();
        Assert.Equal(name, (await QueueCase.NowAsync(_queue, job)).KeptAs);
        Assert.Equal(2, _rooms.Folder.List(PictureKind.Results).Count);
    }

    [Fact]
    public async Task ResultThatWasDeleted_DoesNotComeBack()
    {
        Job job = await QueueCase.AddAsync(_queue, _rooms.Folder);
        await QueueCase.CompleteAsync(_queue, _rooms.Folder, job, TestPictures.Artwork);
        await KeepAsync();
        File.Delete(PathOf(Assert.Single(_rooms.Folder.List(PictureKind.Results)).Name));

        await KeepAsync();

        Assert.Empty(_rooms.Folder.List(PictureKind.Results));
    }

    [Fact]
    public async Task LostResult_KeepsNoOtherBack()
    {
        Job lost = await QueueCase.AddAsync(_queue, _rooms.Folder);
        await QueueCase.SetAsync(
            _rooms.Folder, lost, $"state = 'Done', output = 'studio/{new string('0', 64)}'");
        Job job = await QueueCase.AddAsync(_queue, _rooms.Folder, iterations: 4);
        await QueueCase.CompleteAsync(_queue, _rooms.Folder, job, TestPictures.Artwork);

        await KeepAsync();

        Assert.Equal("photo - stripes.png", Assert.Single(_rooms.Folder.List(PictureKind.Results)).Name);
        Assert.Null((await QueueCase.NowAsync(_queue, lost)).KeptAs);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _rooms.Dispose();
    }

    private async Task KeepAsync()
        => await new ResultKeeper(_rooms.Folder).KeepAsync(await _queue.OpenAsync(default), default);

    private string PathOf(string name) => Path.Combine(_rooms.Folder.FolderOf(PictureKind.Results), name);
}
