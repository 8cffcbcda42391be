using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop;

namespace Atelier.Studio.Api;

/// <summary>What a job is doing.</summary>
internal enum JobState
{
    /// <summary>It waits for its turn.</summary>
    Waiting,

    /// <summary>It is being painted.</summary>
    Painting,

    /// <summary>It is held until it is resumed.</summary>
    Paused,

    /// <summary>Its result is there.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was canceled.</summary>
    Canceled,
}

/// <summary>A painting that somebody has asked for, from the request to the result.</summary>
/// <param name="choice">What to paint.</param>
internal sealed class Job(PaintingChoice choice)
{
    private readonly Lock _lock = new();
    private JobState _end = JobState.Waiting;
    private ProgressDocument? _lastProgress;
    private IReadOnlyList<string> _lastWarnings = [];

    /// <summary>Raised, on any thread, when anything has changed.</summary>
    internal event Action? Changed;

    /// <summary>Identifies it in addresses.</summary>
    internal string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>When it was created.</summary>
    internal DateTimeOffset Created { get; } = DateTimeOffset.UtcNow;

    /// <summary>What to paint, with the latest options.</summary>
    internal PaintingChoice Choice
    {
        get => Painting is LivePainting painting ? field with { Options = painting.Options } : field;
        private set;
    } = choice;

    /// <summary>The painting while it is painted; null before and after.</summary>
    internal LivePainting? Painting { get; private set; }

    /// <summary>The result; null before it is done.</summary>
    internal StoredPicture? Result { get; private set; }

    /// <summary>Why it failed; null if it did not.</summary>
    internal Failure? Failure { get; private set; }

    /// <summary>How far it is; null before the first iteration.</summary>
    internal ProgressDocument? Progress => Painting is LivePainting painting ? ProgressOf(painting) : _lastProgress;

    /// <summary>Warnings for the user.</summary>
    internal IReadOnlyList<string> Warnings => Painting?.Warnings ?? _lastWarnings;

    /// <summary>What it is doing.</summary>
    internal JobState State
        => IsOver ? _end
            : Painting is not LivePainting painting ? JobState.Waiting
            : painting.State == PaintingState.Paused ? JobState.Paused
            : JobState.Painting;

    /// <summary>Whether nothing will change any more.</summary>
    internal bool IsOver => _end != JobState.Waiting;

    /// <summary>Begins to paint, if the room is free and it has not been canceled.</summary>
    internal LivePainting? TryBegin(PaintingRoom room)
    {
        lock (_lock)
        {
            return IsOver ? null : Painting = room.TryBegin(Choice);
        }
    }

    /// <summary>Follows its painting to the end.</summary>
    internal async Task Follow(LivePainting painting)
    {
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Watch()
        {
            Changed?.Invoke();
            if (painting.IsOver)
            {
                over.TrySetResult();
            }
        }

        painting.Changed += Watch;
        Watch();
        await over.Task;
        painting.Changed -= Watch;
        End(painting);
    }

    /// <summary>Changes the options: those of the running picture, or those with which it will begin.</summary>
    /// <exception cref="ApiException">It is over, or the picture cannot take the change.</exception>
    internal async Task Steer(Func<StylizeOptions, StylizeOptions> change)
    {
        LivePainting? painting;
        lock (_lock)
        {
            painting = Painting;
            if (painting is null)
            {
                RequireAlive();
                Choice = Choice with { Options = change(Choice.Options) };
            }
        }

        if (painting is not null)
        {
            await painting.SteerAsync(change);
            RequireAlive();
            if (painting.Refusal is Refusal refusal)
            {
                throw new ApiException(new ApiProblem(409, "job.options", refusal.Reason)
                {
                    Remedy = "keep the option, or post another job",
                    Problems = refusal.Problems,
                });
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Finds a file under its new name from now on.</summary>
    internal void Rename(StoredPicture before, StoredPicture after)
    {
        lock (_lock)
        {
            Choice = Choice.Renamed(before, after);
        }
    }

    /// <summary>Holds it, or lets it go on.</summary>
    /// <exception cref="ApiException">It is not being painted.</exception>
    internal void Hold(bool isHeld)
    {
        if (Painting is not { State: PaintingState.Painting or PaintingState.Paused } painting)
        {
            throw ApiProblem.Conflict("job.state", "The job is not being painted.", "wait until it makes progress");
        }

        if (isHeld)
        {
            painting.Pause();
        }
        else
        {
            painting.Resume();
        }
    }

    /// <summary>Cancels it, if it is not over.</summary>
    internal void Cancel()
    {
        lock (_lock)
        {
            if (IsOver)
            {
                return;
            }

            _end = JobState.Canceled;
            Painting?.Dispose();
        }

        Changed?.Invoke();
    }

    private void RequireAlive()
    {
        if (IsOver)
        {
            throw ApiProblem.Conflict("job.state", "The job is over.", "post another job");
        }
    }

    private void End(LivePainting painting)
    {
        lock (_lock)
        {
            (_lastProgress, _lastWarnings, Choice) = (ProgressOf(painting), painting.Warnings, Choice);
            if (!IsOver)
            {
                Result = painting.Saved;
                Failure = painting.Failure ?? (painting.State == PaintingState.Ended
                    ? new Failure(
                        ErrorKind.Interrupted, "job.replaced", "Something else was chosen at the studio's page.",
                        "post the job again")
                    : null);
                _end = Failure is null ? JobState.Done : JobState.Failed;
            }

            Painting = null;
        }

        Changed?.Invoke();
    }

    private static ProgressDocument? ProgressOf(LivePainting painting)
        => painting.Progress is not StylizeProgress progress ? null : new ProgressDocument(
            progress.Fraction, progress.Scale, progress.ScaleCount, progress.Iteration, progress.IterationCount,
            progress.Width, progress.Height, progress.Loss, painting.SecondsLeft);
}
