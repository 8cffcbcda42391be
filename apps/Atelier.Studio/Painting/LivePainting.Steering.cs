using Atelier.Options;

namespace Atelier.Studio.Painting;

/// <content>What a person does with the painting.</content>
public sealed partial class LivePainting
{
    // Iterations that a complete picture goes on for.
    private const int MoreIterations = 12;

    private Task _changing = Task.CompletedTask;

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
            _wanted = OptionsOf(session);
        }

        _goesOn.Set();
    });

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
            _wanted = OptionsOf(session);
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

    /// <summary>The options of the session, which knows the network by its file, with the network's name.</summary>
    private StylizeOptions OptionsOf(StylizeSession session)
        => session.Options with { Network = Choice.Options.Network };
}
