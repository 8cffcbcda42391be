using Atelier.Options;
using Atelier.Workshop;

namespace Atelier.Studio.Painting;

/// <content>What a person does with the painting.</content>
public sealed partial class LivePainting
{
    // Iterations that a complete picture goes on for.
    private const int MoreIterations = 12;

    private Task _changing = Task.CompletedTask;

    // Whether it waits only for other work, and goes on by itself.
    private bool _isHeld;
    private readonly Lock _waits = new();

    /// <summary>Changes the options of the running picture. Changes that come faster than they can take effect are
    /// combined.</summary>
    public void Steer(Func<StylizeOptions, StylizeOptions> change) => _ = SteerAsync(change);

    /// <inheritdoc cref="Steer"/>
    /// <returns>Ends when the change has been taken or refused.</returns>
    public Task SteerAsync(Func<StylizeOptions, StylizeOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return WantAsync(() => _wanted = change(_wanted));
    }

    /// <summary>Changes what is wanted, and then the session.</summary>
    private Task WantAsync(Action change)
    {
        Task changing;
        lock (_lock)
        {
            change();
            Refusal = null;
            changing = InOrder(Apply);
        }

        Changed?.Invoke();
        return changing;
    }

    /// <summary>Does something when everything that was asked for before is done.</summary>
    private Task InOrder(Action act)
    {
        lock (_lock)
        {
            return _changing = _changing.ContinueWith(
                _ => act(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Makes it wait until somebody lets it go on.</summary>
    public void Pause() => Wait(session => session.Pause(), isHeld: false);

    /// <summary>Lets it go on.</summary>
    public void Resume()
    {
        _remaining.Restart();
        Wait(session => session.Resume(), isHeld: false);
    }

    /// <summary>Makes it wait for other work, if it is being painted.</summary>
    internal void Hold() => Wait(
        session => session.Pause(), isHeld: true, when: () => State == PaintingState.Painting);

    /// <summary>Lets it go on after other work, unless somebody has paused it or let it go on.</summary>
    internal void LetGo()
    {
        if (_isHeld)
        {
            _remaining.Restart();
        }

        Wait(session => session.Resume(), isHeld: false, when: () => _isHeld);
    }

    private void Wait(Action<StylizeSession> act, bool isHeld, Func<bool>? when = null) => WithSession(session =>
    {
        lock (_waits)
        {
            if (when?.Invoke() != false)
            {
                act(session);
                _isHeld = isHeld;
            }
        }
    });

    /// <summary>Paints longer at the largest scale.</summary>
    public void Prolong()
        => Steer(options => options with { Iterations = options.Iterations + MoreIterations });

    /// <summary>Goes on to a larger size.</summary>
    /// <param name="size">Long side, in pixels.</param>
    public void Enlarge(int size) => _ = InOrder(() => WithSession(session => Attempt(
        () => session.Enlarge(size), session, Options with { Size = size, Scales = [] })));

    /// <summary>Whether there is a change to undo.</summary>
    public bool CanUndo => Undone is not null;

    /// <summary>Undoes the last change: takes the painting back to the moment before it.</summary>
    public void Undo() => _ = InOrder(() =>
    {
        if (Undone is StylizeMoment moment)
        {
            TakeBackTo(moment);
        }
    });

    /// <summary>Takes it back to an earlier moment, from which it goes on. One that has been forgotten meanwhile
    /// changes nothing.</summary>
    public void ReturnTo(StylizeMoment moment) => _ = InOrder(() => TakeBackTo(moment));

    private void TakeBackTo(StylizeMoment moment) => WithSession(session =>
    {
        try
        {
            session.ReturnTo(moment);
        }
        catch (ArgumentException)
        {
            return;
        }

        TakeFrom(session);
        _goesOn.Set();
    });

    private void Apply() => WithSession(session =>
    {
        // The session knows the network by its file.
        (string name, string file) = (Choice.Options.Network, session.Options.Network);
        StylizeOptions wanted = Options;
        wanted = wanted.Network == name ? wanted with { Network = file } : wanted;
        PaintingMasks masks = Masks;
        if (wanted == session.Options && masks == InUse(session).Masks)
        {
            return;
        }

        if (State == PaintingState.Complete && wanted.Iterations == session.Options.Iterations)
        {
            wanted = wanted with { Iterations = wanted.Iterations + MoreIterations };
        }

        Attempt(() => session.Change(wanted, GuidesOf(masks, wanted, session)), session, Options);
    });

    /// <summary>Changes the session, or tells why not.</summary>
    private void Attempt(Action change, StylizeSession session, StylizeOptions attempted)
    {
        try
        {
            change();
            _remaining.Restart();
        }
        catch (Exception refusal) when (refusal is AtelierException or IOException or UnauthorizedAccessException)
        {
            bool isOfMasks = Masks != InUse(session).Masks;
            Refusal = new Refusal(Failure.FromException(refusal).Message, isOfMasks ? null : attempted)
            {
                Problems = refusal is OptionsException options ? options.Problems : [],
            };
        }

        TakeFrom(session);
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

        if (session is null || _end.IsCancellationRequested)
        {
            return;
        }

        try
        {
            act(session);
        }
        catch (ObjectDisposedException)
        {
            // The painting has ended meanwhile.
        }

        Changed?.Invoke();
    }

    /// <summary>Wants what the session has; it knows the network by its file.</summary>
    private void TakeFrom(StylizeSession session)
    {
        lock (_lock)
        {
            _wanted = session.Options with { Network = Choice.Options.Network };
            _masks = InUse(session).Masks;
            ForgetUnused(session);
        }
    }
}
