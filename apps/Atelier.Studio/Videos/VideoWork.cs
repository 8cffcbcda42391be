using System.Collections.Immutable;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Video;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Videos;

/// <summary>Work on a video, on a thread of its own. While a picture or a draft of one is
/// painted, the work waits after its current iteration.</summary>
public abstract class VideoWork : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    private readonly Turns _turns;
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;
    private VideoWork? _previous;
    private IDisposable? _turn;
    private volatile bool _isPaused;

    /// <param name="turns">Who computes.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="choice">What to paint.</param>
    /// <param name="previous">What is painted before; null for nothing.</param>
    private protected VideoWork(Turns turns, StudioFolder folder, VideoChoice choice, VideoWork? previous)
    {
        (_turns, Folder, Choice, _previous) = (turns, folder, choice, previous);
        _thread = PainterThread.Create("studio video", Run);
    }

    /// <summary>Raised, on any thread, when anything has changed.</summary>
    public event Action? Changed;

    /// <summary>Identifies the work in addresses.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What is painted.</summary>
    public VideoChoice Choice { get; private set; }

    /// <summary>What is painted, as frames that browsers show.</summary>
    public FrameFeed Frames { get; } = new();

    /// <summary>What it is doing.</summary>
    public VideoState State
    {
        get;
        private set
        {
            bool isNew = field != value;
            field = value;
            if (isNew)
            {
                Changed?.Invoke();
            }
        }
    } = VideoState.Painting;

    /// <summary>Whether nothing will change any more.</summary>
    public bool IsOver => State is VideoState.Complete or VideoState.Stopped or VideoState.Failed;

    /// <summary>Whether it was asked to wait.</summary>
    public bool IsPaused => _isPaused;

    /// <summary>The latest progress; null before the first.</summary>
    public VideoProgress? Progress { get; private set; }

    /// <summary>Why it failed; null if it did not.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Warnings for the user.</summary>
    public ImmutableArray<string> Warnings { get; private protected set; } = [];

    /// <summary>The size of the frames that are painted.</summary>
    public (int Width, int Height) Size
        => VideoStylizer.GetOutputSize(Choice.Clip!.Format, Choice.Look.Options);

    /// <summary>The number of the frame in the clip that is painted, from 0.</summary>
    public abstract int FrameOfClip { get; }

    private protected StudioFolder Folder { get; }

    private protected string ClipPath => Folder.PathOf(Choice.Clip!.File);

    private protected PaintSources Sources => ChosenSources.Of(Choice.Look, Folder);

    /// <summary>Makes it wait.</summary>
    public void Pause() => _isPaused = true;

    /// <summary>Lets it go on.</summary>
    public void Resume() => _isPaused = false;

    /// <summary>Makes it wait, or lets it go on.</summary>
    public void TogglePause() => _isPaused = !_isPaused;

    /// <summary>Ends it. What is finished is kept.</summary>
    public void Cancel() => _end.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Cancel();
        Frames.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void Begin() => _thread.Start();

    /// <summary>Finds a file under its new name from now on.</summary>
    internal virtual void Rename(StoredPicture before, StoredPicture after)
        => Choice = Choice.WithLook(look => look.Renamed(before, after));

    /// <summary>Waits until its thread has ended.</summary>
    internal void Join() => _thread.Join();

    /// <summary>Paints.</summary>
    /// <returns>How it ended.</returns>
    private protected abstract VideoState Paint(IProgress<VideoProgress> progress, CancellationToken cancel);

    /// <summary>Takes note of progress.</summary>
    private protected virtual void Note(VideoProgress progress)
    {
    }

    /// <summary>Called when it goes on after it has waited.</summary>
    private protected virtual void GoesOn()
    {
    }

    /// <summary>Called when it is over.</summary>
    private protected virtual void Ended()
    {
    }

    private void Run()
    {
        _previous?.Join();
        _previous = null;
        VideoState end;
        try
        {
            TakeTurn();
            _end.Token.ThrowIfCancellationRequested();
            end = Paint(new Reporter<VideoProgress>(Report), _end.Token);
        }
        catch (OperationCanceledException)
        {
            end = VideoState.Stopped;
        }
        catch (Exception error)
        {
            Failure = Failure.FromException(error);
            end = VideoState.Failed;
        }
        finally
        {
            LeaveTurn();
        }

        try
        {
            Ended();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure ??= Failure.FromException(error);
        }

        State = end;
    }

    private void Report(VideoProgress progress)
    {
        Progress = progress;
        Note(progress);
        Frames.Offer(progress.Preview);
        Changed?.Invoke();
        TakeTurn();
    }

    /// <summary>Waits while it is paused or something that comes first is painted.</summary>
    private void TakeTurn()
    {
        bool hasWaited = false;
        while (!_end.IsCancellationRequested && (_isPaused || _turns.MustWait(Turn.Video)))
        {
            LeaveTurn();
            hasWaited = true;
            State = _isPaused ? VideoState.Paused : VideoState.Waiting;
            _end.Token.WaitHandle.WaitOne(Pace);
        }

        _turn ??= _turns.Take(Turn.Video);
        State = VideoState.Painting;
        if (hasWaited)
        {
            GoesOn();
        }
    }

    private void LeaveTurn()
    {
        _turn?.Dispose();
        _turn = null;
    }
}
