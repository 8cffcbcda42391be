using System.Net;
using Atelier.Jobs;
using Atelier.Jobs.Workers;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Hosting;

namespace Atelier.Studio.Tests.Queue;

/// <summary>A studio that works for the queue of its folder.</summary>
public sealed class QueueRoomTests
{
    [Fact]
    public async Task QueuedPainting_ComesToTheGallery_AndIsSentAsItIs()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        Job job = await QueueCase.AddAsync(studio.Host.Queue, studio.Host.Folder);

        Job done = await QueueCase.UntilAsync(studio.Host.Queue, job, now => now.KeptAs is not null);

        StoredPicture result = Assert.Single(studio.Host.Folder.List(PictureKind.Results));
        Assert.Equal(done.KeptAs, result.Name);
        byte[] expected = File.ReadAllBytes(studio.Host.Folder.PathOf(result));
        HttpResponseMessage answer = await studio.Client.GetAsync($"/queue/{job.Id}/result");
        Assert.Equal(expected, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(job.Name, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(HttpStatusCode.NotModified, await studio.StatusOf(
            $"/queue/{job.Id}/result", ("If-None-Match", answer.Headers.ETag!.Tag)));
        byte[] plain = await studio.Client.GetByteArrayAsync($"/queue/{job.Id}/result/plain");
        Assert.True(plain.Length < expected.Length);
        Assert.Equal(0xD8, (await studio.Client.GetByteArrayAsync($"/queue/{job.Id}/thumbnail"))[1]);
        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf($"/queue/{job.Id[..^1]}/result"));
        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf($"/queue/{job.Id}/preview"));
        Assert.Equal(HttpStatusCode.NotFound, await studio.StatusOf("/queue/none/result"));
        Assert.Equal(HttpStatusCode.OK, await studio.StatusOf("/queue"));
        Assert.Empty(studio.Reports);
    }

    [Fact]
    public async Task QueuedPainting_WaitsWhileAPersonPaints()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        Job job = await QueueCase.AddAsync(studio.Host.Queue, studio.Host.Folder);
        studio.Host.Room.Choose(choice => choice.With(new StoredPicture(PictureKind.Artworks, "stripes.png")) with
        {
            Photograph = new StoredPicture(PictureKind.Photographs, "photo.png"),
            Options = StylizeOptions.Default with { Size = 64, Scales = [64], Iterations = 100_000 },
        });
        LivePainting painting = studio.Host.Room.Current!;

        await QueueCase.UntilAsync(studio.Host.Queue, job, now => now.State == JobState.Running);
        int begun = painting.Progress?.Iteration ?? 0;
        await StudioRooms.Until(painting, () => painting.Progress?.Iteration > begun + 100);

        Assert.True(studio.Host.Queue.GivesWay);
        Job waiting = await QueueCase.NowAsync(studio.Host.Queue, job);
        Assert.Equal((JobState.Running, 0.0), (waiting.State, waiting.Progress));

        painting.Pause();
        await QueueCase.UntilAsync(studio.Host.Queue, job, now => now.State == JobState.Done);
    }

    [Fact]
    public async Task FolderWithAnotherWorker_IsShown_AndWorkedForWhenThatEnds()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        await using JobQueue queue =
            await JobQueue.OpenAsync(QueueAddress.Parse(studio.Host.Folder.FullPath), default);
        Worker other = await Worker.StartAsync(queue, WorkerOptions.Default, default);

        await StudioRooms.Until(() => studio.Host.Queue.HasOtherWorker);
        Assert.Null(studio.Host.Queue.WorkerName);

        await other.DisposeAsync();
        await StudioRooms.Until(() => studio.Host.Queue.WorkerName is not null);
        Assert.False(studio.Host.Queue.HasOtherWorker);
    }
}
