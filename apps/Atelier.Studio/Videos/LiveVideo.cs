using Atelier.Engine;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Video;
using Atelier.Workshop;
using Atelier.Workshop.Paintings;
using Atelier.Workshop.Videos;

namespace Atelier.Studio.Videos;

/// <summary>A video that is being painted. Its finished frames are on disk, so that it goes on where it ended, however
/// it ended.</summary>
public sealed class LiveVideo : VideoWork
{
    private readonly ClipReader _clips;
    private readonly VideoShelf _shelf;
    private readonly EngineOptions _engine;
    private readonly VideoPace _pace;
    private readonly Lock _keeping = new();
    private VideoRecord _record;

    internal LiveVideo(
        Turns turns, StudioFolder folder, ClipReader clips, VideoShelf shelf, EngineOptions engine,
        VideoChoice choice, StoredPicture file, VideoPlan? plan, VideoWork? previous)
        : base(turns, folder, choice, previous)
    {
        (_clips, _shelf, _engine, File) = (clips, shelf, engine, file);
        _record = shelf.Find(file.Name)?.Record ?? VideoRecord.Of(choice);
        _pace = new VideoPace(TimeProvider.System, plan);
    }

    /// <summary>The video.</summary>
    public StoredPicture File { get; }

    /// <summary>How many frames are painted.</summary>
    public int Painted => _record.Painted;

    /// <inheritdoc/>
    public override int FrameOfClip => Choice.From + (Progress?.Frame ?? _record.Painted);

    /// <summary>The part of all work that is done, 0–1.</summary>
    public double Fraction => State == VideoState.Complete ? 1
        : Progress is VideoProgress progress
            ? (((progress.Pass - 1) * (double)Choice.FrameCount) + progress.Frame + progress.FrameFraction)
                / ((double)Choice.FrameCount * progress.PassCount)
            : (double)_record.Painted / Choice.FrameCount;

    /// <summary>Seconds until it is complete; null if not known.</summary>
    public double? SecondsLeft => State == VideoState.Painting && Progress is VideoProgress progress
        ? _pace.SecondsFor((1 - Fraction) * Choice.FrameCount * progress.PassCount)
        : null;

    private protected override VideoState Paint(IProgress<VideoProgress> progress, CancellationToken cancel)
    {
        VideoPainting painting = new(
            new WorkshopContext { Cancel = cancel, Report = note => Warnings = [.. Warnings, note.Text] },
            new PaintSettings { Engine = _engine, Force = true },
            new VideoFileSettings
            {
                Selection = Choice.Clip!.Part(Choice.From, Choice.To),
                Resume = _shelf.HasFrames(File.Name),
                FfmpegPath = _clips.FfmpegPath,
            })
        {
            InputPath = ClipPath,
            OutputPath = _shelf.PathOf(File.Name),
            Sources = Sources,
            Options = Choice.Look.Options,
            Video = Choice.Video,
            CreateReporter = () => progress,
        };
        VideoPaintingResult result = painting.Run();
        Warnings = [.. Warnings.Union(result.Warnings)];
        bool isComplete = result.Result.IsComplete;
        Keep(record => record with
        {
            Painted = Math.Max(record.Painted, result.Result.Frames),
            IsComplete = isComplete,
        });
        return isComplete ? VideoState.Complete : VideoState.Stopped;
    }

    private protected override void Note(VideoProgress progress)
    {
        _pace.Report(progress);
        if (progress is { Pass: 1, FrameFraction: 1 } && progress.Frame >= _record.Painted)
        {
            Keep(record => record with { Painted = progress.Frame + 1 });
        }
    }

    private protected override void GoesOn() => _pace.Restart();

    /// <summary>A video without a frame leaves nothing behind.</summary>
    private protected override void Ended()
    {
        if (_record.Painted == 0)
        {
            _shelf.Forget(File.Name);
        }
    }

    internal override void Rename(StoredPicture before, StoredPicture after)
    {
        base.Rename(before, after);
        lock (_keeping)
        {
            _record = _record.Renamed(before, after);
        }
    }

    private void Keep(Func<VideoRecord, VideoRecord> change)
    {
        lock (_keeping)
        {
            _record = change(_record);
            _shelf.Keep(File.Name, _record);
        }
    }
}
