namespace Atelier.Engine;

/// <summary>How the numbers are computed. Any thread count gives the same bytes.</summary>
public sealed record EngineOptions
{
    /// <summary>Name of the AppContext switch that, set to false before an engine is first made, keeps the processor's
    /// AMX units unused. True does not ask the processor for them, which is of use where they are emulated.</summary>
    public const string AmxSwitch = "Atelier.Engine.Amx";

    /// <summary>All processors, precision by task.</summary>
    public static EngineOptions Default { get; } = new();

    /// <summary>Threads to compute with; 0 means one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>What convolutions multiply.</summary>
    public Precision Precision { get; init; }
}
