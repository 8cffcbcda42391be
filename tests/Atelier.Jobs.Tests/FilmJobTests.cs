using System.IO.Compression;
using Atelier.Imaging;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Work;
using Atelier.Jobs.Workers;
using Atelier.Options;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Videos;

namespace Atelier.Jobs.Tests;

/// <summary>Films, whose scenes are painted by several workers.</summary>
public sealed class FilmJobTests(Postgres postgres) : IClassFixture<Postgres>
{
    private const int Scenes = 3, FramesOfScene = 3, Height = 45, Width = 61, Pace = 40;

    private static readonly StylizeOptions Options = StylizeOptions.Default with
    {
        Size = null,
        MinSize = 32,
        Margin = 4,
        Iterations = 30,
    };

    [Theory]
    [InlineData(QueueKind.Folder)]
    [InlineData(QueueKind.Postgres)]
    public async Task AFilm_HasTheFrames_OfARunOnOneMachine(QueueKind kind)
    {
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        FilmJob film = FilmOf(queue, Options);
        Job job = await AddAsync(queue, film);
        bool hasTwo = kind == QueueKind.Postgres;
        await using Worker first = await Worker.StartAsync(
            queue.Queue, queue.WorkerOptions with { Slots = hasTwo ? 1 : 2 }, default);
        await using Worker? second =
            hasTwo ? await Worker.StartAsync(queue.Queue, queue.WorkerOptions, default) : null;

        byte[] archive = await queue.ResultAsync(job);

        Assert.Equal(PaintedHere(queue, film), Frames(archive));
        IReadOnlyList<Job> parts = [.. (await GroupAsync(queue, job)).Where(part => part.Kind == JobKind.Scene)];
        Assert.Equal(
            ["film--scene-1.atelier-frames", "film--scene-2.atelier-frames", "film--scene-3.atelier-frames"],
            parts.Select(part => part.Name).Order());
        Assert.All(parts, part => Assert.Equal((JobState.Done, null), (part.State, part.Output)));
        Assert.InRange(parts.Select(part => part.Worker).Distinct().Count(), 1, hasTwo ? 2 : 1);
    }

    [Fact]
    public async Task AKilledWorker_InTheMiddleOfAScene_ChangesNothing()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        FilmJob film = FilmOf(queue, Options);
        Job job = await AddAsync(queue, film);
        using (WorkerProcess first = WorkerProcess.Tireless(queue.Address, pace: Pace))
        {
            Job scene = await SceneAsync(queue, job, part => part.Progress > 0.5);
            first.Kill();
            Assert.NotEqual(JobState.Done, (await queue.Queue.FindAsync(scene.Id, default)).State);
        }

        using WorkerProcess second = WorkerProcess.Tireless(queue.Address);
        byte[] archive = await queue.ResultAsync(job);

        Assert.Equal(PaintedHere(queue, film), Frames(archive));
        Assert.Contains(await GroupAsync(queue, job), part => part.Kind == JobKind.Scene && part.Attempts > 1);
    }

    [Fact]
    public async Task ASceneThatFails_FailsTheFilm_AndARetryPaintsOnlyWhatIsMissing()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        FilmJob film = FilmOf(queue, Options);
        Job job = await AddAsync(queue, film);
        await DivideAsync(queue, job);
        Job[] scenes = [.. (await GroupAsync(queue, job)).Where(part => part.Kind == JobKind.Scene)];
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        Claim claim = (await claims.BeginAsync(scenes[1].Id, "test", 5, default))!;
        Assert.Null(await claims.BeginAsync(job.Id, "test", 5, default));
        await claims.FailAsync(claim, new Failure(ErrorKind.Failed, "disk.full", "no space."), default);

        Job failed = await queue.Queue.FindAsync(job.Id, default);
        Assert.Equal((JobState.Failed, "disk.full"), (failed.State, failed.Failure!.Code));
        Assert.Contains(scenes[1].Name, failed.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            [JobState.Canceled, JobState.Failed, JobState.Canceled],
            await Task.WhenAll(scenes.Select(async scene => (await queue.Queue.FindAsync(scene.Id, default)).State)));

        Assert.True(await queue.Queue.RetryAsync(job, default));
        await using Worker worker = await Worker.StartAsync(queue.Queue, queue.WorkerOptions, default);
        Assert.Equal(PaintedHere(queue, film), Frames(await queue.ResultAsync(job)));
        Assert.Equal(1 + Scenes, (await GroupAsync(queue, job)).Count);
    }

    [Fact]
    public async Task PauseAndCancel_ActOnAllScenes()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        Job job = await AddAsync(queue, FilmOf(queue, Options));
        await DivideAsync(queue, job);
        async Task<JobState> StateAsync()
            => Assert.Single((await GroupAsync(queue, job)).Select(part => part.State).Distinct());

        Assert.Equal(JobState.Queued, await StateAsync());
        Assert.True(await queue.Queue.PauseAsync(job, default));
        Assert.Equal(JobState.Paused, await StateAsync());
        Assert.True(await queue.Queue.ResumeAsync(job, default));
        Assert.Equal(JobState.Queued, await StateAsync());
        Job scene = (await GroupAsync(queue, job)).First(part => part.Kind == JobKind.Scene);
        Assert.True(await queue.Queue.CancelAsync(scene, default));
        Assert.Equal(JobState.Canceled, await StateAsync());
    }

    [Fact]
    public async Task WhatCannotBeAFilm_IsRefused()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        FilmJob film = FilmOf(queue, Options);
        foreach ((FilmJob bad, string reason) in new[]
        {
            (film with { Name = "film.png" }, "not the name of a video"),
            (film with { Name = "film.webm", Encoding = new() { Codec = "h264" } }, "cannot contain h264"),
            (film with { ClipPath = Path.Combine(queue.Folder, "nothing") }, "does not exist"),
            (film with { Video = film.Video with { Anchor = 2 } }, "anchor"),
            (film with
            {
                Sources = film.Sources with
                {
                    Guides = new GuideSources { Preserve = new PictureSource("mask", film.ClipPath, "preserve") },
                },
            }, "is a folder"),
        })
        {
            AtelierException error = await Assert.ThrowsAnyAsync<AtelierException>(
                () => bad.StoreAsync(new WorkshopContext(), queue.Queue, "ann"));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A film of three scenes: folders of pictures need no other program.</summary>
    private static FilmJob FilmOf(TestQueue queue, StylizeOptions options)
    {
        string clip = Directory.CreateDirectory(Path.Combine(queue.Folder, "clip")).FullName;
        for (int frame = 0; frame < Scenes * FramesOfScene; frame++)
            PictureFile.Save(Frame(frame / FramesOfScene, frame % FramesOfScene), Path.Combine(clip, $"f{frame}.png"));
        PaintSources sources =
            new() { Styles = [queue.Artwork("art.png", 8) with { Role = "style", Option = "style" }] };
        return new FilmJob(clip, sources, options, "film.zip");
    }

    /// <summary>Waves of a color and a direction of their own for each scene, which move.</summary>
    private static Picture Frame(int scene, int time)
    {
        Picture picture = new(Width, Height);
        float[][] planes = [picture.Red, picture.Green, picture.Blue];
        for (int i = 0; i < Width * Height; i++)
        {
            (double x, double y) = ((i % Width) + (1.5 * time), i / Width);
            double wave = scene switch
            {
                0 => Math.Sin(x / 1.3),
                1 => Math.Sin(y / 1.1),
                _ => Math.Sin((x + y) / 1.5) * Math.Sin((x - y) / 2),
            };
            for (int channel = 0; channel < planes.Length; channel++)
                planes[channel][i] = (float)((channel == scene ? 0.75 : 0.15) + (0.1 * wave));
        }

        return picture;
    }

    private static async Task<Job> AddAsync(TestQueue queue, FilmJob film)
    {
        NewJob job = await film.StoreAsync(new WorkshopContext(), queue.Queue, "ann");
        await queue.Queue.AddAsync([job], default);
        return await queue.Queue.FindAsync(job.Id, default);
    }

    private static Task<IReadOnlyList<Job>> GroupAsync(TestQueue queue, Job film)
        => queue.Queue.ListAsync(new JobFilter { Group = film.Group }, default);

    /// <summary>Finds the scenes of a film, and paints none.</summary>
    private static async Task DivideAsync(TestQueue queue, Job film)
    {
        ClaimTable claims = new(queue.Queue.Database, queue.Queue.Table);
        Claim claim = (await claims.BeginAsync(film.Id, "test", 5, default))!;
        string folder = Directory.CreateDirectory(Path.Combine(queue.Folder, "divide")).FullName;
        JobWork work = JobWorks.Create(claim, folder, queue.WorkerOptions, new(long.MaxValue));
        await work.FetchAsync(queue.Queue.Blobs, default);
        Assert.True(work.Run(default));
        Assert.Equal(Scenes, work.Parts.Count);
        Assert.True(await claims.DivideAsync(claim, work.Parts, default));
        Assert.False(await claims.DivideAsync(claim, work.Parts, default));
    }

    private static async Task<Job> SceneAsync(TestQueue queue, Job film, Func<Job, bool> isExpected)
    {
        while (true)
        {
            Job? found = (await GroupAsync(queue, film)).FirstOrDefault(
                part => part.Kind == JobKind.Scene && part.State == JobState.Running && isExpected(part));
            if (found is not null)
            {
                return found;
            }

            Assert.False((await queue.Queue.FindAsync(film.Id, default)).IsOver);
            await Task.Delay(20);
        }
    }

    /// <summary>The files of the frames, as the whole film gives them in one run.</summary>
    private static List<(string, string)> PaintedHere(TestQueue queue, FilmJob film)
    {
        string folder = Path.Combine(queue.Folder, "expected");
        new VideoPainting(new WorkshopContext(), new() { Engine = new() { Threads = 1 } }, new VideoFileSettings())
        {
            InputPath = film.ClipPath,
            OutputPath = folder,
            Sources = film.Sources,
            Options = film.Options,
            Video = film.Video,
        }.Run();
        return [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), Convert.ToHexString(File.ReadAllBytes(path))))];
    }

    private static List<(string, string)> Frames(byte[] archive)
    {
        using ZipArchive zip = new(new MemoryStream(archive));
        return [.. zip.Entries.Select(entry =>
        {
            using MemoryStream bytes = new();
            using Stream content = entry.Open();
            content.CopyTo(bytes);
            return (entry.Name, Convert.ToHexString(bytes.ToArray()));
        })];
    }
}
