using Atelier.Engine;
using Atelier.Workshop.Networks;

namespace Atelier.Workshop;

/// <summary>What a piece of work gets from the program around it: streams, a clock, someone who listens, and the wish
/// to stop.</summary>
public sealed record Surroundings
{
    /// <summary>Opens the stream that a path of <c>-</c> reads from.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>Opens the stream that a path of <c>-</c> writes to.</summary>
    public Func<Stream> OpenOutput { get; init; } = () => Stream.Null;

    /// <summary>Makes what paints.</summary>
    public Func<EngineOptions, IPainter> CreatePainter { get; init; } =
        engine => new Painter(engine, NetworkCache.OfUser());

    /// <summary>What time is measured with.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Told, while the work is done, what a person may want to know of it.</summary>
    public Action<Note> Tell { get; init; } = _ => { };

    /// <summary>Ends the work early.</summary>
    public CancellationToken Cancel { get; init; }
}

/// <summary>Something that a person may want to know while work is done.</summary>
/// <param name="Text">A line, without a full stop where it is no sentence.</param>
/// <param name="IsWarning">Whether it is not as it was wished.</param>
public sealed record Note(string Text, bool IsWarning = false);
