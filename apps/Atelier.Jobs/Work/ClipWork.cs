using Atelier.Imaging;
using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;
using Atelier.Recipes;
using Atelier.Video;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Videos;

namespace Atelier.Jobs.Work;

/// <summary>Works on a video, or on a part of it.</summary>
internal abstract class ClipWork(
    Claim claim, JobSpecification specification, string folder, WorkerOptions options, MemoryBudget budget)
    : JobWork(claim, specification, folder), IProgress<VideoProgress>
{
    private const int MaxExtension = 6;

    private PaintSources? _sources;
    private Recipe _recipe = new();
    private CancellationToken _cancel;
    private volatile VideoProgress? _last;

    /// <summary>The video.</summary>
    protected FilmClip Clip { get; } = specification.Clip
        ?? throw new AtelierException("the job cannot be read: it names no video.");

    private string ClipPath => Path.Combine(Folder, "clip" + Extension);

    // The format of a file is recognized by its name.
    private string Extension
        => !Clip.IsFolder && Path.GetExtension(Clip.Name) is { Length: > 1 and <= MaxExtension } given
        && given.Skip(1).All(char.IsAsciiLetterOrDigit) ? given : "";

    /// <inheritdoc/>
    internal override Picture? Preview() => _last?.Preview();

    /// <inheritdoc/>
    internal override string Worded(string problem)
        => base.Worded(problem.Replace(ClipPath, Clip.Name, StringComparison.Ordinal));

    /// <inheritdoc/>
    internal override async Task FetchAsync(IBlobStore blobs, CancellationToken cancel)
    {
        Clip.Require();
        _recipe = Specification.ReadRecipe();
        _sources = await JobInputs.FetchAsync(blobs, Claim.Owner, _recipe, Folder, cancel);
        string path = Clip.IsFolder ? Path.Combine(Folder, "clip" + FrameArchive.Extension) : ClipPath;
        await JobInputs.FetchAsync(blobs, new BlobKey(Claim.Owner, Clip.Sha256), path, cancel);
        if (Clip.IsFolder)
        {
            FrameArchive.Unpack(path, ClipPath);
            File.Delete(path);
        }
    }

    void IProgress<VideoProgress>.Report(VideoProgress value)
    {
        options.WaitForTurn(_cancel);
        _last = value;
        Report(value);
    }

    /// <summary>Says how far the work is.</summary>
    protected abstract void Report(VideoProgress value);

    /// <summary>Returns the run over the video.</summary>
    /// <param name="output">The file or folder of the result, beside which its checkpoint is.</param>
    /// <param name="files">The files besides it.</param>
    /// <param name="cancel">Ends the run.</param>
    protected VideoPainting PaintingTo(string output, VideoFileSettings files, CancellationToken cancel)
    {
        _cancel = cancel;
        PaintSettings settings = new()
        {
            Engine = PaintSettings.EngineFor(options.Engine, null, _recipe, out _),
            Encode = Specification.Encode,
            Force = true,
        };
        return new VideoPainting(
            options.Context with { Cancel = cancel }, settings,
            files with { Selection = Clip.Selection, Encoding = Clip.Encoding })
        {
            InputPath = ClipPath,
            OutputPath = output,
            Sources = _sources!,
            Options = _recipe.Options,
            Video = Clip.Video,
            CreateReporter = () => this,
            ReserveMemory = bytes => budget.Take(bytes, cancel),
        };
    }
}
