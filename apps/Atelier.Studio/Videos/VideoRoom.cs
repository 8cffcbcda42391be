using Atelier.Engine;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Video;

namespace Atelier.Studio.Videos;

/// <summary>Where one video at a time is painted. All pages show the same one.</summary>
/// <param name="folder">Where clips come from.</param>
/// <param name="clips">Reads clips.</param>
/// <param name="shelf">Where videos go to.</param>
/// <param name="painting">Where pictures are painted, which come first.</param>
/// <param name="engine">The engine.</param>
public sealed class VideoRoom(
    StudioFolder folder, ClipReader clips, VideoShelf shelf, PaintingRoom painting, EngineOptions engine)
    : IDisposable
{
    private readonly Lock _lock = new();
    private VideoWork? _last;

    /// <summary>Raised, on any thread, when another work has begun or something else was chosen.</summary>
    public event Action? Changed;

    /// <summary>What is chosen.</summary>
    public VideoChoice Choice { get; private set; } = new();

    /// <summary>The trial of a frame; null if there is none.</summary>
    public TrialFrame? Trial { get; private set; }

    /// <summary>The video that was begun last; null before the first.</summary>
    public LiveVideo? Current { get; private set; }

    /// <summary>Whether a video is being painted.</summary>
    public bool IsPainting => Current is { IsOver: false };

    /// <summary>Chooses what to paint. What is being painted is not affected.</summary>
    public void Choose(Func<VideoChoice, VideoChoice> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            VideoChoice before = Choice;
            Choice = change(before);
            if (Choice.Clip?.File != before.Clip?.File)
            {
                Trial?.Dispose();
                Trial = null;
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Chooses a clip.</summary>
    /// <exception cref="AtelierException">It is gone, is not a clip, or requires ffmpeg, which is missing.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void ChooseClip(StoredPicture file)
    {
        Clip clip = clips.Open(file);
        bool hasFfmpeg = clips.FfmpegProblem is null;
        Choose(choice => choice.With(clip, hasFfmpeg));
    }

    /// <summary>Paints one frame, if no video is being painted.</summary>
    /// <param name="frame">Its number, from 0.</param>
    public void BeginTrial(int frame)
    {
        lock (_lock)
        {
            if (IsPainting || !Choice.IsComplete)
            {
                return;
            }

            Trial?.Dispose();
            Trial = new TrialFrame(painting.Turns, folder, clips, engine, Choice, frame, _last);
            Follow(Trial);
        }

        Changed?.Invoke();
    }

    /// <summary>Takes the trial away.</summary>
    public void EndTrial()
    {
        lock (_lock)
        {
            Trial?.Dispose();
            Trial = null;
        }

        Changed?.Invoke();
    }

    /// <summary>Paints the chosen part, if nothing is being painted.</summary>
    /// <param name="plan">The plan; null if it is not known.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Begin(VideoPlan? plan)
    {
        lock (_lock)
        {
            if (IsPainting || !Choice.IsComplete)
            {
                return;
            }

            Begin(Choice, shelf.Begin(Choice.ResultName, VideoRecord.Of(Choice)), plan);
        }

        Changed?.Invoke();
    }

    /// <summary>Goes on with a video that was interrupted, if nothing is being painted.</summary>
    /// <exception cref="AtelierException">Its clip is gone.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public void GoOn(VideoItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        VideoChoice choice = ChoiceOf(item);
        lock (_lock)
        {
            if (IsPainting)
            {
                return;
            }

            Choice = choice;
            Begin(choice, item.File, plan: null);
        }

        Changed?.Invoke();
    }

    /// <summary>Returns what a video was painted from.</summary>
    /// <exception cref="AtelierException">Its clip is gone.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public VideoChoice ChoiceOf(VideoItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Record.ToChoice(
            clips.Open(new StoredPicture(PictureKind.Clips, item.Record.Clip)), Path.GetExtension(item.File.Name));
    }

    /// <summary>Finds an artwork or style file under its new name from now on.</summary>
    /// <exception cref="IOException">A record on the shelf cannot be written.</exception>
    internal void Rename(StoredPicture before, StoredPicture after)
    {
        lock (_lock)
        {
            Choice = Choice.WithLook(look => look.Renamed(before, after));
            Trial?.Rename(before, after);
            Current?.Rename(before, after);
            shelf.Rename(before, after);
        }

        Changed?.Invoke();
    }

    /// <summary>Returns the work of an ID; null if it is gone.</summary>
    public VideoWork? Find(string id)
        => ((VideoWork?[])[Current, Trial]).FirstOrDefault(work => work?.Id == id);

    /// <summary>Ends the work. What is finished of a video is kept.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            Trial?.Dispose();
            Current?.Dispose();
            _last?.Join();
            _last = null;
        }
    }

    private void Begin(VideoChoice choice, StoredPicture file, VideoPlan? plan)
    {
        Trial?.Dispose();
        Trial = null;
        Current?.Dispose();
        Current = new LiveVideo(painting.Turns, folder, clips, shelf, engine, choice, file, plan, _last);
        Follow(Current);
    }

    private void Follow(VideoWork work)
    {
        _last = work;
        work.Begin();
    }
}
