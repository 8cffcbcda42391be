using Atelier.Engine;
using Atelier.Workshop.Formats;
using Atelier.Workshop.Networks;

namespace Atelier.Workshop;

/// <summary>The services that a program supplies to the work it starts: standard streams, a clock, a receiver of notes,
/// and cancellation.</summary>
public sealed record WorkshopContext
{
    static WorkshopContext() => PictureFormats.Register();

    /// <summary>Opens the stream that a path of <c>-</c> reads from.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>Opens the stream that a path of <c>-</c> writes to.</summary>
    public Func<Stream> OpenOutput { get; init; } = () => Stream.Null;

    /// <summary>Creates the painter.</summary>
    public Func<EngineOptions, IPainter> CreatePainter { get; init; } =
        engine => new Painter(engine, NetworkCache.ForCurrentUser());

    /// <summary>The clock for measuring durations.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Receives information and warnings for the user during the work.</summary>
    public Action<Note> Report { get; init; } = _ => { };

    /// <summary>Cancels the work.</summary>
    public CancellationToken Cancel { get; init; }
}

/// <summary>A message for the user during the work.</summary>
/// <param name="Text">One line of text.</param>
/// <param name="IsWarning">Whether it warns that the result may not be what the user expects.</param>
public sealed record Note(string Text, bool IsWarning = false);
