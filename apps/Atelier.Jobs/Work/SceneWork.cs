using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;
using Atelier.Video;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Videos;

namespace Atelier.Jobs.Work;

/// <summary>Paints a scene of a film. Its result is the file of its frames, from which it also goes on.</summary>
internal sealed class SceneWork(
    Claim claim, JobSpecification specification, string folder, WorkerOptions options, MemoryBudget budget)
    : ClipWork(claim, specification, folder, options, budget)
{
    /// <summary>The extension of the file of frames.</summary>
    internal const string Extension = VideoPainting.CheckpointExtension;

    private readonly VideoScene _scene = specification.Clip?.Scene
        ?? throw new AtelierException("the job cannot be read: it names no scene.");

    /// <inheritdoc/>
    internal override string CheckpointPath => Path.Combine(Folder, "frames" + Extension);

    /// <inheritdoc/>
    internal override string OutputPath => CheckpointPath;

    /// <inheritdoc/>
    internal override async Task FetchAsync(IBlobStore blobs, CancellationToken cancel)
    {
        await base.FetchAsync(blobs, cancel);
        await FetchCheckpointAsync(blobs, cancel);
    }

    /// <inheritdoc/>
    internal override bool Run(CancellationToken cancel) => PaintingTo(
        Path.Combine(Folder, "frames"), new VideoFileSettings { Resume = true }, cancel).PaintScene(_scene).IsComplete;

    /// <inheritdoc/>
    protected override void Report(VideoProgress value)
    {
        double done = value.Frame + value.FrameFraction + ((value.Pass - 1.0) * _scene.Count);
        Progress = Math.Min(1, done / (_scene.Count * value.PassCount));
        Activity = $"frame {value.Frame + 1} of {_scene.Count}";
    }
}
