using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Styles;
using Failure = Atelier.Workshop.Failure;

namespace Atelier.Studio.Inside;

/// <content>What the painting's thread does, and how changes reach it.</content>
public sealed partial class SmallPainting
{
    // Iterations that a complete painting goes on for when it is changed.
    private const int MoreIterations = 24;

    private CancellationTokenSource _run = new();
    private Task _changing = Task.CompletedTask;
    private Stylizer? _stylizer;
    private StylizeSession? _session;
    private FigureGuide _guide = FigureGuide.None;
    private int _more;

    private void Run()
    {
        while (!_end.IsCancellationRequested)
        {
            (PanelPlan plan, CancellationToken cancel) = Begin();
            try
            {
                Paint(plan, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // Something else is painted.
            }
            catch (Exception error)
            {
                Failure = Failure.FromException(error);
                State = PaintingState.Failed;
            }

            Leave();
            CloseSession();
            cancel.WaitHandle.WaitOne();
        }

        _stylizer?.Dispose();
        State = PaintingState.Ended;
    }

    private (PanelPlan Plan, CancellationToken Cancel) Begin()
    {
        lock (_lock)
        {
            if (_run.IsCancellationRequested && !_end.IsCancellationRequested)
            {
                _run = new CancellationTokenSource();
            }

            (Failure, Progress, Losses, _more) = (null, null, [], 0);
            _work.Reset();
            return (_plan, _run.Token);
        }
    }

    private void Paint(PanelPlan plan, CancellationToken cancel)
    {
        State = PaintingState.Opening;
        Picture start = StartOf(plan);
        Frames.Offer(() => start);
        Enter(cancel);
        StylizeRequest request = Open(plan);
        _stylizer ??= new Stylizer(_engine);
        StylizeSession session = new(_stylizer, request);
        lock (_lock)
        {
            (_session, _guide) = (session, plan.Guide);
        }

        // The plan may have changed since.
        Apply();
        do
        {
            State = PaintingState.Painting;
            StylizeResult result = session.Paint(
                new Reporter<StylizeProgress>(progress => Report(progress, cancel)), cancel);
            cancel.ThrowIfCancellationRequested();
            Leave();
            Picture = () => result.Picture;
            Frames.Offer(Picture, isFinal: true);
            State = PaintingState.Complete;
            GoOnWithLateChange(session);
            WaitHandle.WaitAny([_goesOn, cancel.WaitHandle]);
            Enter(cancel);
        }
        while (true);
    }

    private StylizeRequest Open(PanelPlan plan)
    {
        int side = SideOf(plan);

        // Artworks are used at other sizes too, and shrunk as they are needed.
        Picture? photograph = plan.Photograph is null ? null : _pictures.Load(plan.Photograph, side);
        Picture[] artworks = [.. plan.Artworks.Select(artwork => _pictures.Load(artwork, 2 * side))];
        SpatialGuides guides = plan.Guide.Create(photograph, [.. artworks], _engine, out Picture? shown);
        Guide = shown;
        return new StylizeRequest
        {
            Content = photograph,
            Styles = [.. artworks.Select(artwork => new Style(artwork))],
            Palette = plan.Palette is null ? null : _pictures.Load(plan.Palette, side),
            Options = plan.Options,
            Guides = guides,
        };
    }

    /// <summary>What is shown, in place of what was painted before, while it waits for its turn and until the first
    /// iteration is done: the photograph, or gray.</summary>
    private Picture StartOf(PanelPlan plan)
    {
        int side = SideOf(plan);
        Picture? photograph = plan.Photograph is null ? null : _pictures.Load(plan.Photograph, side);
        if (photograph is not null && plan.Options.Init == InitKind.Content)
        {
            return photograph;
        }

        (int width, int height) = photograph is null ? (side, side) : (photograph.Width, photograph.Height);
        float[] gray = [.. Enumerable.Repeat(0.5f, width * height)];
        return new Picture(width, height, gray, gray, gray);
    }

    private static int SideOf(PanelPlan plan) => plan.Options.Size ?? StylizeOptions.Default.Size!.Value;

    private void Report(StylizeProgress progress, CancellationToken cancel)
    {
        if (Losses.IsEmpty)
        {
            // What came before the first iteration was preparation.
            _work.Restart();
        }

        Losses = Losses.Add(new LossPoint(Seconds, progress.Loss, progress.Scale));
        (Progress, Picture) = (progress, progress.Preview);
        Frames.Offer(progress.Preview);
        Leave();
        Changed?.Invoke();
        Enter(cancel);
    }

    private void Enter(CancellationToken cancel)
    {
        _turns.Enter(this, cancel);
        _work.Start();
    }

    private void Leave()
    {
        _work.Stop();
        _turns.Leave(this);
    }

    /// <summary>Changes the running painting to the present plan; starts again if it cannot be changed.</summary>
    private void Apply()
    {
        lock (_lock)
        {
            if (_session is not StylizeSession session)
            {
                return;
            }

            bool moves = _plan.Guide != _guide;
            StylizeOptions wanted = WithMore(_plan.Options);
            if (wanted == session.Options && !moves)
            {
                return;
            }

            try
            {
                Change(session, moves ? Open(_plan).Guides : null);
                (_guide, Restart) = (_plan.Guide, null);
            }
            catch (Exception refusal) when (refusal is AtelierException or IOException)
            {
                StartAgain(refusal is OptionsException { Problems: [Problem first, ..] }
                    ? $"{first.Option} {first.Fault}"
                    : refusal.Message);
            }
        }

        Changed?.Invoke();
    }

    private void Change(StylizeSession session, SpatialGuides? guides)
    {
        bool isComplete = State == PaintingState.Complete;
        _more += isComplete ? MoreIterations : 0;
        session.Change(WithMore(_plan.Options), guides);
        if (isComplete)
        {
            _goesOn.Set();
        }
    }

    /// <summary>Goes on if a change came too late for the last iteration.</summary>
    private void GoOnWithLateChange(StylizeSession session)
    {
        lock (_lock)
        {
            StylizeRequest request = session.Request;
            if (session.Options != (request.Changes.IsEmpty ? request.Options : request.Changes[^1].Options))
            {
                Change(session, null);
            }
        }
    }

    private StylizeOptions WithMore(StylizeOptions options)
        => options with { Iterations = options.Iterations + _more };

    private void StartAgain(string? reason)
    {
        Restart = reason;
        IsPaused = false;
        _run.Cancel();
    }

    private void CloseSession()
    {
        lock (_lock)
        {
            _session?.Dispose();
            _session = null;
        }
    }
}
