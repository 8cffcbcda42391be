namespace Atelier.Recipes;

/// <summary>Where and when a run saves its complete state, so that it can be resumed after any interruption and still
/// produce the same bytes.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The checkpoint file, replaced atomically at each save. It remains when the run ends; delete it after
    /// the result has been stored.</summary>
    public required string Path { get; init; }

    /// <summary>What is painted. A checkpoint of other pictures (compared by hash) or of other options is
    /// rejected.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Number of iterations between saves, counted over the whole run; 0 saves only when the run is
    /// canceled.</summary>
    public int Every { get; init; }

    /// <summary>Whether to resume from the file, which must exist.</summary>
    public bool Resume { get; init; }
}
