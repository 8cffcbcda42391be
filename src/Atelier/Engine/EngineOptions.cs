namespace Atelier.Engine;

/// <summary>How the numbers are computed. Any thread count gives the same bytes.</summary>
public sealed record EngineOptions
{
    /// <summary>All processors, precision by task.</summary>
    public static EngineOptions Default { get; } = new();

    /// <summary>Threads to compute with; 0 means one for each processor.</summary>
    public int Threads { get; init; }

    /// <summary>What convolutions multiply.</summary>
    public Precision Precision { get; init; }
}
