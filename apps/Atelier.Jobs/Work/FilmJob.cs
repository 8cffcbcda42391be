using Atelier.Imaging;
using Atelier.Jobs.Blobs;
using Atelier.Options;
using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Videos;

namespace Atelier.Jobs.Work;

/// <summary>A video to be painted by the workers, each of its scenes by one of them.</summary>
/// <param name="ClipPath">The video: a file, or a folder of pictures.</param>
/// <param name="Sources">The input files except the video.</param>
/// <param name="Options">The options of each frame. The network is named.</param>
/// <param name="Name">The name of the result: a video, a GIF, or a zip of pictures.</param>
public sealed record FilmJob(string ClipPath, PaintSources Sources, StylizeOptions Options, string Name)
{
    private const string Gif = ".gif";

    /// <summary>The extensions of results.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
        [.. VideoEncoding.Extensions, Gif, FrameArchive.Extension];

    /// <summary>The options of the video.</summary>
    public VideoOptions Video { get; init; } = VideoOptions.Default;

    /// <summary>The part of the video to use.</summary>
    public VideoSelection Selection { get; init; } = new();

    /// <summary>The codec and quality of a video file.</summary>
    public VideoEncoding Encoding { get; init; } = new();

    /// <summary>How the pictures of a zip are written.</summary>
    public EncodeOptions Encode { get; init; } = EncodeOptions.Default;

    /// <summary>Checks it as far as is possible without decoding the video, and stores its files.</summary>
    /// <param name="context">Supplies standard input.</param>
    /// <param name="queue">The queue whose blobs the files become; the job is not added yet.</param>
    /// <param name="owner">Who adds it.</param>
    /// <exception cref="OptionsException">The options contradict each other.</exception>
    /// <exception cref="AtelierException">A file does not exist or cannot be used, or the name is not that of a
    /// video.</exception>
    /// <exception cref="IOException">A file cannot be read or stored.</exception>
    public async Task<NewJob> StoreAsync(WorkshopContext context, JobQueue queue, string owner)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(queue);
        Require();
        (string recipe, IReadOnlyList<BlobKey> keys) =
            await JobInputs.StoreAsync(context, queue.Blobs, owner, Sources, Options);
        BlobKey clip = await StoreClipAsync(queue.Blobs, owner, context.Cancel);
        NewJob job = new(
            new JobSpecification
            {
                Kind = JobKind.Film,
                Name = Path.GetFileName(Name),
                RecipeText = recipe,
                Encode = Encode,
                Clip = new FilmClip
                {
                    Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(ClipPath)),
                    Sha256 = clip.Sha256,
                    IsFolder = Directory.Exists(ClipPath),
                    Selection = Selection,
                    Encoding = Encoding,
                    Video = Video,
                },
            },
            owner, [clip, .. keys]);
        return job with { Group = $"film-{job.Id}" };
    }

    private void Require()
    {
        Sources.RequireValid(Options);
        if (Video.Validate() is { Count: > 0 } problems)
        {
            throw new OptionsException(problems);
        }

        if (Sources.Guides.Files.FirstOrDefault(guide => Directory.Exists(guide.Path)) is PictureSource folder)
        {
            throw CodedException.Usage(
                $"{folder.Role} '{folder.Path}' is a folder, which a queue does not take.",
                "name one picture for all frames, or paint the video here", folder.Option);
        }

        InputFile.Require(Sources.All);
        if (!Directory.Exists(ClipPath))
        {
            InputFile.Require("video", ClipPath);
        }
        else if (FolderSource.PicturesIn(ClipPath).Length == 0)
        {
            throw CodedException.Failed("input.folder", $"video '{ClipPath}' is a folder without pictures.",
                "name another folder, or a file");
        }

        string extension = Path.GetExtension(Name).ToLowerInvariant();
        if (!Extensions.Contains(extension))
        {
            throw CodedException.Usage($"'{Name}' is not the name of a video that can be written.",
                $"end it with one of {string.Join(", ", Extensions)}", "name");
        }

        if (VideoEncoding.Extensions.Contains(extension))
        {
            _ = Encoding.CodecFor(Name);
        }
    }

    private async Task<BlobKey> StoreClipAsync(IBlobStore blobs, string owner, CancellationToken cancel)
    {
        if (!Directory.Exists(ClipPath))
        {
            using FileStream file = File.OpenRead(ClipPath);
            return await blobs.PutAsync(owner, file, cancel);
        }

        string path = Path.GetTempFileName();
        using FileStream archive = new(
            path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        FrameArchive.Pack(ClipPath, archive);
        archive.Position = 0;
        return await blobs.PutAsync(owner, archive, cancel);
    }
}
