namespace Atelier.Engine;

/// <summary>How the numbers are computed. Never changes what is computed:
/// any thread count gives the same bytes.</summary>
public sealed record EngineOptions
{
    /// <summary>All processors.</summary>
    public static EngineOptions Default { get; } = new();

    /// <summary>Threads to compute with; 0 means one for each processor.</summary>
    public int Threads { get; init; }
}
