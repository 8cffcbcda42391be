using Atelier.Imaging;
using Atelier.Options;
using Atelier.Recipes;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Studio.Painting;

/// <content>What the painting's thread does.</content>
public sealed partial class LivePainting
{
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
            Failure = AfterFailure(Failure.FromException(error));
            State = PaintingState.Failed;
        }

        StylizeSession? session;
        lock (_lock)
        {
            session = _session;
            (_request, _session) = (session?.Request ?? _request, null);
        }

        session?.Dispose();
        CloseUnfinished();
        Ended?.Invoke();
    }

    private void Paint()
    {
        _end.Token.ThrowIfCancellationRequested();
        _request = Open();
        if (!HasBegunBefore)
        {
            Look(_request);
        }

        StylizeSession session = new(
            _stylizer.Value, _request with { Checkpoint = CreateCheckpoint(_request) });
        lock (_lock)
        {
            _session = session;
        }

        Apply();
        do
        {
            _remaining.Restart();
            KeepResult();
            State = PaintingState.Painting;
            Rest(session.Paint(new Reporter<StylizeProgress>(Report), _end.Token));
            GoOnWithLateChange(session);
        }
        while (WaitHandle.WaitAny([_goesOn, _end.Token.WaitHandle]) == 0);
    }

    private void Look(StylizeRequest request)
    {
        State = PaintingState.Looking;
        StylizeResult look = _stylizer.Value.Stylize(
            request with { Options = FirstLook.Of(request.Options) },
            new Reporter<StylizeProgress>(progress => Frames.Offer(progress.Preview)), _end.Token);
        Frames.Offer(() => look.Picture);
        _end.Token.ThrowIfCancellationRequested();
    }

    private StylizeRequest Open()
    {
        StylizeOptions options = NetworkCache.ForCurrentUser().Resolve(HasBegunBefore ? Choice.Options : Options);
        PaintingMasks masks = HasBegunBefore ? Choice.FittingMasks : Masks;
        GuidePaths guides = masks.PathsIn(_folder, options);
        PaintSources sources = ChosenSources.Of(Choice, guides, _folder) with { Changes = [.. EarlierChanges()] };
        LoadedSources loaded = sources.Load(new WorkshopContext { Cancel = _end.Token }, _engine);
        _recipe = loaded.Recipe with { Precision = _stylizer.Value.PrecisionFor(options) };
        StylizeRequest request = loaded.RequestWith(options);
        _guides.Add(new MaskedGuides(masks, guides, request.Guides, RecipeMasks.Of(loaded.Recipe)));
        KnowEarlierMasks(request, loaded.Recipe);
        Warnings = [.. loaded.Warnings];
        Measure(loaded.Request.Content!, options.Size);
        return request;
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
            SaveComplete();
            State = PaintingState.Complete;
        }
    }

    /// <summary>Goes on if a change came too late for the last iteration.</summary>
    private void GoOnWithLateChange(StylizeSession session)
    {
        StylizeRequest request = session.Request;
        StylizeChange? last = request.Changes.LastOrDefault();
        if (session.Options != (last?.Options ?? request.Options) || session.Guides != (last?.Guides ?? request.Guides))
        {
            Prolong();
        }
    }

    private void Report(StylizeProgress progress)
    {
        // Whoever sees that there is progress may ask for the picture.
        _picture = progress.Preview;
        Losses = progress.Iteration == 1 ? [progress.Loss] : Losses.Add(progress.Loss);
        bool isFirst = Progress is null;
        Progress = progress;
        if (progress.Width > FinalSize.Width)
        {
            FinalSize = (progress.Width, progress.Height);
        }

        _remaining.Report(progress.Fraction);
        if (isFirst)
        {
            // What was painted before the studio was started again does not tell its pace.
            _remaining.Restart();
        }

        // The first look remains until the painting is as large, or until it is changed.
        bool isAsLarge = Math.Max(progress.Width, progress.Height) >= FirstLook.Side;
        if (isAsLarge || progress.Scale == progress.ScaleCount || HasBegunBefore
            || _session?.Request.Changes.IsEmpty == false)
        {
            Frames.Offer(progress.Preview);
        }

        Changed?.Invoke();
    }
}
