using System.Collections.Immutable;
using Atelier.Guides;
using Atelier.Options;
using Atelier.Pyramid;

namespace Atelier;

/// <summary>A painting that can be steered while it is painted: paused, changed, prolonged, enlarged, and taken back to
/// an earlier moment. What was done is kept as <see cref="Request"/>, which gives the same pixels again.</summary>
/// <remarks>One thread paints; every other member may be used from any thread at the same time.</remarks>
public sealed class StylizeSession : IDisposable
{
    // Earlier moments are forgotten, oldest first, when they take more memory than this.
    private const long MaxBytes = 128_000_000;

    private readonly Stylizer _stylizer;
    private readonly StylizeRequest _request;
    private readonly PreparedRun _first;
    private readonly Steering _steering;
    private readonly Lock _lock = new();
    private ImmutableArray<StylizeMoment> _moments = [];
    private StylizeMoment? _return;
    private RunMoment? _last;
    private CancellationTokenSource? _running;
    private PreparedRun _present;

    /// <summary>Prepares a painting. Changes that the request has already are made again at their iterations.</summary>
    /// <param name="stylizer">Paints; it must outlive the session, and do nothing else while the session
    /// paints.</param>
    /// <param name="request">Pictures and options.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A network or picture cannot be used.</exception>
    public StylizeSession(Stylizer stylizer, StylizeRequest request)
    {
        ArgumentNullException.ThrowIfNull(stylizer);
        ArgumentNullException.ThrowIfNull(request);
        (_stylizer, _request) = (stylizer, request);
        _first = stylizer.Prepare(request);
        _steering = new Steering(request.Changes, Prepare) { OnMoment = Keep };
        _present = request.Changes.IsEmpty ? _first : Prepare(request.Changes[^1]);
    }

    /// <summary>The request with all changes so far.</summary>
    public StylizeRequest Request => _request with { Changes = _steering.Changes };

    /// <summary>The options that apply now, or from the next iteration on.</summary>
    public StylizeOptions Options => Newest?.Options ?? _request.Options;

    /// <summary>The guides that apply now, or from the next iteration on.</summary>
    public SpatialGuides Guides => Newest?.Guides ?? _request.Guides;

    /// <summary>Earlier moments that the painting can return to, oldest first: starts of scales, the last state before
    /// each change, and the end.</summary>
    public ImmutableArray<StylizeMoment> Moments
    {
        get
        {
            lock (_lock)
            {
                return _moments;
            }
        }
    }

    /// <summary>Whether the painting waits before its next iteration.</summary>
    public bool IsPaused => _steering.IsPaused;

    private StylizeChange? Newest
        => _steering.Pending ?? _steering.Changes.LastOrDefault();

    /// <summary>Paints until the picture is complete or the work is canceled. Called again, it goes on from where it
    /// ended: with iterations or scales that were added since, or from the moment to which the painting was taken
    /// back.</summary>
    /// <param name="progress">Receives a report after every iteration, on the calling thread.</param>
    /// <param name="cancel">Ends the work early and returns the best picture so far.</param>
    /// <exception cref="AtelierException">The weights are too large, or a checkpoint cannot be used.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled before there was a picture.</exception>
    public StylizeResult Paint(IProgress<StylizeProgress>? progress = null, CancellationToken cancel = default)
    {
        while (true)
        {
            using CancellationTokenSource running = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            RunMoment? from;
            lock (_lock)
            {
                from = _return?.State ?? _last;
                (_return, _running, _steering.IsTakenBack) = (null, running, false);
            }

            StylizeResult? result = null;
            try
            {
                result = Stylizer.Paint(TransferMethods.Create(_first, _steering, from), progress, running.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // Taken back before there was a picture.
            }

            lock (_lock)
            {
                _running = null;
                if (result is not null && (_return is null || cancel.IsCancellationRequested))
                {
                    return result;
                }
            }
        }
    }

    /// <summary>Changes the options, and the guides if given, from the next iteration on. If the picture is complete,
    /// the change takes effect when <see cref="Paint"/> is called again.</summary>
    /// <param name="options">All options. The network, the optimizer, the start and the scales so far must stay as they
    /// are; scales may be added.</param>
    /// <param name="guides">The guides; null keeps them.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures, or cannot change while a
    /// picture is painted.</exception>
    public void Change(StylizeOptions options, SpatialGuides? guides = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Problem[] problems = [.. OptionChanges.ProblemsWith(_request.Options, options)];
        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }

        lock (_lock)
        {
            StylizeChange change = new(0, options) { Guides = guides ?? Newest?.Guides };
            PreparedRun run = Prepare(change);
            ISteering.RequireSameScales(_present, run);
            _present = run;
            _steering.Add(change, run);
        }
    }

    /// <summary>Adds iterations to the largest scale.</summary>
    /// <param name="iterations">How many, 1 or more.</param>
    /// <exception cref="OptionsException">There would be too many iterations.</exception>
    public void Prolong(int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        StylizeOptions options = Options;
        Change(options with { Iterations = options.Iterations + iterations });
    }

    /// <summary>Adds scales up to a larger size.</summary>
    /// <param name="size">Long side of the result, in pixels.</param>
    /// <exception cref="OptionsException">It is not larger than the present size, or needs too much
    /// memory.</exception>
    public void Enlarge(int size)
    {
        int[] sides = [.. _present.Scales.Select(plan => plan.Scale.LongSide)];
        if (size <= sides[^1])
        {
            throw new OptionsException(new Problem(
                "size", $"is {size}, but the painting has {sides[^1]} already", "give a larger one"));
        }

        StylizeOptions options = Options;
        Change(options with
        {
            Size = size,
            Scales = [.. sides, .. ScaleSchedule.Sides(sides[^1], size, options.ScaleFactor).Skip(1)],
        });
    }

    /// <summary>Takes the painting back to an earlier moment; changes since then are forgotten.</summary>
    /// <exception cref="ArgumentException">The moment is not one of <see cref="Moments"/>.</exception>
    public void ReturnTo(StylizeMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        lock (_lock)
        {
            int index = _moments.IndexOf(moment);
            if (index < 0)
            {
                throw new ArgumentException(
                    "The moment does not belong to this painting, or is forgotten.", nameof(moment));
            }

            (_return, _steering.IsTakenBack) = (moment, true);
            _last = moment.State;
            _moments = _moments[..(index + 1)];
            _steering.Truncate(moment.Changes);
            _present = _steering.RunAfter(moment.Changes) ?? _first;
            _running?.Cancel();
        }

        _steering.IsPaused = false;
    }

    /// <summary>Makes the painting wait before its next iteration.</summary>
    public void Pause() => _steering.IsPaused = true;

    /// <summary>Lets a paused painting go on.</summary>
    public void Resume() => _steering.IsPaused = false;

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        _steering.Dispose();
        _first.Dispose();
    }

    private PreparedRun Prepare(StylizeChange change)
        => _stylizer.Prepare(_request.After(change) with { Changes = [] }, _first.Network);

    private void Keep(RunMoment state)
    {
        lock (_lock)
        {
            if (_return is not null)
            {
                return;
            }

            _last = state;
            if (_moments.IsEmpty || _moments[^1].Iterations != state.Iterations
                || _moments[^1].Changes != state.State.Changes)
            {
                _moments = _moments.Add(new StylizeMoment(state));
            }

            while (_moments.Length > 1 && _moments.Sum(moment => moment.State.Bytes) > MaxBytes)
                _moments = _moments.RemoveAt(0);
        }
    }
}
