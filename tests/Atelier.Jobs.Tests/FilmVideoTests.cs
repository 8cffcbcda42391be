using System.Diagnostics;
using Atelier.Jobs.Work;
using Atelier.Jobs.Workers;
using Atelier.Options;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Videos;

namespace Atelier.Jobs.Tests;

/// <summary>Films that are video files with sound, with the real ffmpeg.</summary>
public sealed class FilmVideoTests(Postgres postgres)
{
    private const int Scenes = 3;

    private static readonly StylizeOptions Options = StylizeOptions.Default with
    {
        Size = null,
        MinSize = 32,
        Margin = 4,
        Iterations = 10,
    };

    [Theory]
    [InlineData(QueueKind.Folder, "film.mp4"), InlineData(QueueKind.Folder, "film.gif")]
    [InlineData(QueueKind.Postgres, "film.webm")]
    public async Task AFilmWithSound_HasTheFramesAndTheSound_OfARunOnOneMachine(QueueKind kind, string name)
    {
        FfmpegTool ffmpeg = FindFfmpeg();
        await using TestQueue queue = await TestQueue.CreateAsync(kind, postgres);
        FilmJob film = FilmOf(queue, MakeClip(queue, ffmpeg), name);
        NewJob job = await AddAsync(queue, film);
        await using Worker worker = await queue.StartWorkerAsync();
        string painted = Path.Combine(queue.Folder, $"painted-{name}"), expected = Path.Combine(queue.Folder, name);

        await File.WriteAllBytesAsync(
            painted, await queue.ResultAsync(await queue.Queue.FindAsync(job.Id, default)));

        new VideoPainting(new WorkshopContext(), new() { Engine = new() { Threads = 1 } }, new VideoFileSettings())
        {
            InputPath = film.ClipPath,
            OutputPath = expected,
            Sources = film.Sources,
            Options = film.Options,
            Video = film.Video,
        }.Run();
        string[] streams = Streams(ffmpeg, painted);
        Assert.Equal(Streams(ffmpeg, expected), streams);
        Assert.Equal(name.EndsWith(".gif", StringComparison.Ordinal) ? 1 : 2, streams.Length);
        Assert.Equal(1 + Scenes, (await queue.Queue.ListAsync(new JobFilter { Group = job.Group }, default)).Count);
    }

    [Theory]
    [InlineData("letter.mp4", "This is a letter.")]
    [InlineData("list.mp4", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n")]
    [InlineData("none.mp4", null)]
    public async Task AFileThatIsNoFilm_FailsUnderItsName(string name, string? text)
    {
        FfmpegTool ffmpeg = FindFfmpeg();
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        string path = Path.Combine(queue.Folder, name);
        if (text is not null)
        {
            await File.WriteAllTextAsync(path, text);
        }
        else
        {
            Run(ffmpeg.Path, "-f", "lavfi", "-i", "testsrc=size=62x46:rate=8:duration=1", "-frames:v", "0", path);
        }

        NewJob job = await AddAsync(queue, FilmOf(queue, path, "film.mp4"));
        await using Worker worker = await queue.StartWorkerAsync();
        Job failed = Assert.Single(await queue.WaitForAllAsync(1));

        Assert.Equal((job.Id, JobState.Failed), (failed.Id, failed.State));
        Assert.StartsWith($"'{name}' ", failed.Failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(queue.Folder, failed.Failure.Message, StringComparison.Ordinal);
    }

    private static FfmpegTool FindFfmpeg()
    {
        try
        {
            return Machine.FindFfmpeg();
        }
        catch (CodedException error)
        {
            Assert.Skip(error.Message);
            throw;
        }
    }

    private static FilmJob FilmOf(TestQueue queue, string clip, string name) => new(
        clip,
        new PaintSources { Styles = [queue.Artwork("art.png", 8) with { Role = "style", Option = "style" }] },
        Options, name);

    private static async Task<NewJob> AddAsync(TestQueue queue, FilmJob film)
    {
        NewJob job = await film.StoreAsync(new WorkshopContext(), queue.Queue, "ann");
        await queue.Queue.AddAsync([job], default);
        return job;
    }

    /// <summary>Makes a video of three scenes and a tone.</summary>
    private static string MakeClip(TestQueue queue, FfmpegTool ffmpeg)
    {
        string path = Path.Combine(queue.Folder, "clip.mp4");
        const string Size = "size=62x46:rate=8";
        Run(ffmpeg.Path, "-filter_complex",
            $"testsrc={Size}:duration=0.5,format=yuv420p[a];rgbtestsrc={Size}:duration=0.5,format=yuv420p[b];" +
            $"mandelbrot={Size},trim=duration=0.5,format=yuv420p[c];[a][b][c]concat=n=3[v];sine=duration=1.5[s]",
            "-map", "[v]", "-map", "[s]", "-c:v", "libx264", "-c:a", "aac", path);
        return path;
    }

    /// <summary>Returns the kind and a hash of each stream; files differ by random identifiers.</summary>
    private static string[] Streams(FfmpegTool ffmpeg, string path)
        => Run(ffmpeg.Path, "-i", path, "-map", "0", "-f", "streamhash", "-")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, ["-nostdin", "-v", "error", "-y", .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
