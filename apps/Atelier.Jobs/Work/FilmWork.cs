using System.Collections.Immutable;
using System.Globalization;
using Atelier.Jobs.Blobs;
using Atelier.Jobs.Storage;
using Atelier.Jobs.Workers;
using Atelier.Video;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Videos;

namespace Atelier.Jobs.Work;

/// <summary>Divides a film into scenes, which become jobs; when they have been painted, joins them.</summary>
internal sealed class FilmWork(
    Claim claim, JobSpecification specification, string folder, WorkerOptions options, MemoryBudget budget)
    : ClipWork(claim, specification, folder, options, budget)
{
    private readonly List<PaintedScene> _scenes = [];

    private bool IsArchive => Path.GetExtension(Specification.Name).Equals(
        FrameArchive.Extension, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    internal override async Task FetchAsync(IBlobStore blobs, CancellationToken cancel)
    {
        await base.FetchAsync(blobs, cancel);
        foreach (ClaimedPart part in Claim.Parts)
        {
            FilmClip clip = JobSpecification.Parse(part.SpecificationText).Clip!;
            string number = clip.Scene!.First.ToString(CultureInfo.InvariantCulture);
            string path = Path.Combine(Folder, $"scene-{number}{SceneWork.Extension}");
            await JobInputs.FetchAsync(blobs, part.Output, path, cancel);
            _scenes.Add(new PaintedScene(path, clip.Scene.First));
        }
    }

    /// <inheritdoc/>
    internal override bool Run(CancellationToken cancel) => _scenes.Count == 0 ? Divide(cancel) : Join(cancel);

    /// <inheritdoc/>
    protected override void Report(VideoProgress value)
    {
        // Frames that have been painted are not reported.
    }

    private bool Divide(CancellationToken cancel)
    {
        ImmutableArray<VideoScene> scenes = PaintingTo(OutputPath, new VideoFileSettings(), cancel).FindScenes(
            (count, all) => Activity = all is null ? $"looking for scenes, frame {count}"
                : $"looking for scenes, frame {count} of {all}");
        string stem = Path.GetFileNameWithoutExtension(Specification.Name);
        string digits = new('0', $"{scenes.Length}".Length);
        Parts = [.. scenes.Select((scene, index) => new NewJob(
            Specification with
            {
                Kind = JobKind.Scene,
                Name = $"{stem}--scene-{(index + 1).ToString(digits, CultureInfo.InvariantCulture)}" +
                    SceneWork.Extension,
                Clip = Clip with { Scene = scene },
            },
            Claim.Owner, []))];
        return true;
    }

    private bool Join(CancellationToken cancel)
    {
        Activity = "joining the scenes";
        string output = IsArchive ? Path.Combine(Folder, "result") : OutputPath;
        bool isComplete = PaintingTo(output, new VideoFileSettings { Scenes = [.. _scenes] }, cancel).Run()
            .Result.IsComplete;
        if (isComplete && IsArchive)
        {
            using FileStream archive = File.Create(OutputPath);
            FrameArchive.Pack(output, archive);
        }

        return isComplete;
    }
}
