using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Studio.Storage;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Studio.Painting;

/// <summary>One painting, on a thread of its own: first a look, then the picture from coarse to fine. It can be steered
/// from any thread while it is painted, and goes on when it is changed after it is complete.</summary>
public sealed class LivePainting : IDisposable
{
    // Iterations that a complete picture goes on for.
    private const int MoreIterations = 12;

    private readonly Stylizer _stylizer;
    private readonly StudioFolder _folder;
    private LivePainting? _previous;
    private readonly CancellationTokenSource _end = new();
    private readonly AutoResetEvent _goesOn = new(initialState: false);
    private readonly RemainingTime _remaining = new(TimeProvider.System);
    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private StylizeSession? _session;
    private Recipe? _recipe;
    private Func<Picture>? _picture;
    private StylizeOptions _wanted;
    private Task _changing = Task.CompletedTask;

    internal LivePainting(Stylizer stylizer, StudioFolder folder, PaintingChoice choice, LivePainting? previous)
    {
        (_stylizer, _folder, Choice, _previous, _wanted) = (stylizer, folder, choice, previous, choice.Options);
        _thread = new Thread(Run) { IsBackground = true, Name = "studio painter" };
    }

    /// <summary>Raised, on any thread, when anything has changed.</summary>
    public event Action? Changed;

    /// <summary>Identifies the painting in addresses.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What is painted.</summary>
    public PaintingChoice Choice { get; }

    /// <summary>The painting as frames.</summary>
    public FrameStream Frames { get; } = new();

    /// <summary>What it is doing.</summary>
    public PaintingState State
    {
        get => field == PaintingState.Painting && _session?.IsPaused == true ? PaintingState.Paused : field;
        private set
        {
            field = value;
            Changed?.Invoke();
        }
    }

    /// <summary>Whether it is complete, or will never be.</summary>
    public bool IsOver => State is PaintingState.Complete or PaintingState.Failed or PaintingState.Ended;

    /// <summary>The options that apply, or will as soon as possible.</summary>
    public StylizeOptions Options
    {
        get
        {
            lock (_lock)
            {
                return _wanted;
            }
        }
    }

    /// <summary>The size of the complete picture; that of the first look before it is known.</summary>
    public (int Width, int Height) FinalSize { get; private set; } = (FirstLook.Side, FirstLook.Side);

    /// <summary>The latest progress; null before the first iteration.</summary>
    public StylizeProgress? Progress { get; private set; }

    /// <summary>Seconds until it is complete; null if not known.</summary>
    public double? SecondsLeft => State == PaintingState.Painting ? _remaining.Seconds : null;

    /// <summary>The loss after each iteration of the current scale.</summary>
    public ImmutableArray<double> Losses { get; private set; } = [];

    /// <summary>Moments to which it can return, oldest first.</summary>
    public ImmutableArray<StylizeMoment> Moments => _session?.Moments ?? [];

    /// <summary>Warnings for the user.</summary>
    public ImmutableArray<string> Warnings { get; private set; } = [];

    /// <summary>Why it failed; null if it did not.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>The last change, if it was refused; otherwise null.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>The file in which the complete picture was saved; null before that.</summary>
    public StoredPicture? Saved { get; private set; }

    internal void Begin() => _thread.Start();

    /// <summary>Changes the options of the running picture. Changes that come faster than they can take effect are
    /// combined.</summary>
    public void Steer(Func<StylizeOptions, StylizeOptions> change) => _ = SteerAsync(change);

    /// <inheritdoc cref="Steer"/>
    /// <returns>Ends when the change has been taken or refused.</returns>
    public Task SteerAsync(Func<StylizeOptions, StylizeOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        Task changing;
        lock (_lock)
        {
            _wanted = change(_wanted);
            Refusal = null;
            _changing = changing = _changing.ContinueWith(
                _ => Apply(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        Changed?.Invoke();
        return changing;
    }

    /// <summary>Makes it wait.</summary>
    public void Pause() => WithSession(session => session.Pause());

    /// <summary>Lets it go on.</summary>
    public void Resume()
    {
        _remaining.Restart();
        WithSession(session => session.Resume());
    }

    /// <summary>Paints longer at the largest scale.</summary>
    public void Prolong()
        => Steer(options => options with { Iterations = options.Iterations + MoreIterations });

    /// <summary>Goes on to a larger size.</summary>
    /// <param name="size">Long side, in pixels.</param>
    public void Enlarge(int size) => Task.Run(() => WithSession(session => Attempt(
        () => session.Enlarge(size), session, Options with { Size = size, Scales = [] })));

    /// <summary>Whether there is a change to undo.</summary>
    public bool CanUndo => Undone is not null;

    /// <summary>Undoes the last change: takes the painting back to the moment before it.</summary>
    public void Undo()
    {
        if (Undone is StylizeMoment moment)
        {
            ReturnTo(moment);
        }
    }

    /// <summary>Takes it back to an earlier moment, from which it goes on.</summary>
    public void ReturnTo(StylizeMoment moment) => WithSession(session =>
    {
        session.ReturnTo(moment);
        lock (_lock)
        {
            _wanted = session.Options;
        }

        _goesOn.Set();
    });

    /// <summary>Saves the picture as it is now, with its recipe.</summary>
    /// <returns>The file; null if there is no picture yet.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public StoredPicture? Save() => _picture is Func<Picture> picture
        ? _folder.Create(PictureKind.Results, ResultName, stream => Write(picture(), stream))
        : null;

    /// <summary>Writes the picture as it is now as a PNG, with its recipe.</summary>
    /// <returns>Whether there is a picture.</returns>
    public bool Write(Stream stream)
    {
        Func<Picture>? picture = _picture;
        if (picture is not null)
        {
            Write(picture(), stream);
        }

        return picture is not null;
    }

    /// <summary>The name of its results.</summary>
    public string ResultName
        => $"{Choice.Photograph!.Title} - {string.Join(" + ", Choice.Artworks.Select(artwork => artwork.Title))}.png";

    /// <summary>Ends it. What has been painted since the last save is gone.</summary>
    public void Dispose()
    {
        _end.Cancel();
        Frames.Dispose();
    }

    /// <summary>Waits until its thread has ended.</summary>
    internal void Join()
    {
        if (_thread.ThreadState != ThreadState.Unstarted)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        _previous?.Join();
        _previous = null;
        try
        {
            Paint();
            State = PaintingState.Ended;
        }
        catch (OperationCanceledException)
        {
            State = PaintingState.Ended;
        }
        catch (Exception error)
        {
            Failure = Failure.FromException(error);
            State = PaintingState.Failed;
        }

        lock (_lock)
        {
            _session?.Dispose();
            _session = null;
        }
    }

    private void Paint()
    {
        _end.Token.ThrowIfCancellationRequested();
        StylizeRequest request = Open();
        State = PaintingState.Looking;
        StylizeResult look = _stylizer.Stylize(
            request with { Options = FirstLook.Of(request.Options) },
            new Reporter(progress => Frames.Offer(progress.Preview)), _end.Token);
        _picture = () => look.Picture;
        Frames.Offer(_picture);
        _end.Token.ThrowIfCancellationRequested();
        using StylizeSession session = new(_stylizer, request);
        lock (_lock)
        {
            _session = session;
        }

        Apply();
        do
        {
            _remaining.Restart();
            State = PaintingState.Painting;
            Rest(session.Paint(new Reporter(Report), _end.Token));
            GoOnWithLateChange(session);
        }
        while (WaitHandle.WaitAny([_goesOn, _end.Token.WaitHandle]) == 0);
    }

    private StylizeRequest Open()
    {
        PaintSources sources = new()
        {
            Content = new PictureSource("photograph", _folder.PathOf(Choice.Photograph!)),
            Styles = [.. Choice.Artworks.Select(art => new PictureSource("artwork", _folder.PathOf(art)))],
        };
        StylizeOptions options = NetworkCache.ForCurrentUser().Resolve(Options);
        LoadedSources loaded = sources.Load(new WorkshopContext { Cancel = _end.Token }, Engine.EngineOptions.Default);
        _recipe = loaded.Recipe with { Precision = _stylizer.PrecisionFor(options) };
        Warnings = [.. loaded.Warnings];
        Measure(loaded.Request.Content!, options.Size);
        return loaded.Request with { Options = options };
    }

    private void Measure(Picture photograph, int? size) => FinalSize = size is int side
        ? Resampler.Fit(photograph.Width, photograph.Height, side)
        : (photograph.Width, photograph.Height);

    private void Rest(StylizeResult result)
    {
        _picture = () => result.Picture;
        FinalSize = (result.Picture.Width, result.Picture.Height);
        Frames.Offer(_picture, isFinal: true);
        Warnings = [.. Warnings.Union(result.Warnings)];
        if (result.IsComplete)
        {
            SaveResult();
            State = PaintingState.Complete;
        }
    }

    /// <summary>Goes on if a change came too late for the last iteration.</summary>
    private void GoOnWithLateChange(StylizeSession session)
    {
        StylizeRequest request = session.Request;
        if (session.Options != (request.Changes.IsEmpty ? request.Options : request.Changes[^1].Options))
        {
            Prolong();
        }
    }

    /// <summary>Saves the complete picture. One that went on after it had been complete replaces its earlier
    /// state.</summary>
    private void SaveResult()
    {
        if (Saved is StoredPicture saved && _folder.Find(saved.Kind, saved.Name) is string path)
        {
            AtomicFile.Write(path, stream => Write(_picture!(), stream));
        }
        else
        {
            Saved = Save();
        }
    }

    private void Report(StylizeProgress progress)
    {
        Losses = progress.Iteration == 1 ? [progress.Loss] : Losses.Add(progress.Loss);
        Progress = progress;
        if (progress.Width > FinalSize.Width)
        {
            FinalSize = (progress.Width, progress.Height);
        }

        _remaining.Report(progress.Fraction);
        if (Math.Max(progress.Width, progress.Height) >= FirstLook.Side)
        {
            _picture = progress.Preview;
            Frames.Offer(progress.Preview);
        }

        Changed?.Invoke();
    }

    private void Apply() => WithSession(session =>
    {
        // The session knows the network by its file.
        (string name, string file) = (Choice.Options.Network, session.Options.Network);
        StylizeOptions wanted = Options;
        wanted = wanted.Network == name ? wanted with { Network = file } : wanted;
        if (wanted == session.Options)
        {
            return;
        }

        if (State == PaintingState.Complete && wanted.Iterations == session.Options.Iterations)
        {
            wanted = wanted with { Iterations = wanted.Iterations + MoreIterations };
        }

        Attempt(() => session.Change(wanted), session, Options);
    });

    /// <summary>Changes the session, or tells why not.</summary>
    private void Attempt(Action change, StylizeSession session, StylizeOptions attempted)
    {
        try
        {
            change();
            _remaining.Restart();
        }
        catch (AtelierException refusal)
        {
            Refusal = new Refusal(refusal.Message, attempted)
            {
                Problems = refusal is OptionsException options ? options.Problems : [],
            };
        }

        lock (_lock)
        {
            _wanted = session.Options with { Network = Choice.Options.Network };
        }

        if (Refusal is null && State == PaintingState.Complete)
        {
            _goesOn.Set();
        }
    }

    private StylizeMoment? Undone => _session is StylizeSession session
        ? session.Moments.LastOrDefault(moment => moment.Changes < session.Request.Changes.Length)
        : null;

    private void WithSession(Action<StylizeSession> act)
    {
        StylizeSession? session;
        lock (_lock)
        {
            session = _session;
        }

        if (session is not null && !_end.IsCancellationRequested)
        {
            act(session);
            Changed?.Invoke();
        }
    }

    private void Write(Picture picture, Stream stream)
    {
        Recipe recipe = _recipe! with { Options = Options with { Network = Choice.Options.Network } };
        PictureFile.Save(recipe.EmbedIn(picture), stream, ".png");
    }

    private sealed class Reporter(Action<StylizeProgress> report) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => report(value);
    }
}
