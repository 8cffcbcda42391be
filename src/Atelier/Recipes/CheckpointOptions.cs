namespace Atelier.Recipes;

/// <summary>Where and when a run keeps its whole state, so that after any interruption it can be taken up again and
/// ends with the same bytes.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The file of the state, replaced as a whole at each save. It stays when the run ends: whoever has stored
    /// the result removes it.</summary>
    public required string Path { get; init; }

    /// <summary>What is painted. A state of other pictures, told apart by their hashes, or of other options
    /// is refused.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>Steps of the whole run from one save to the next; 0 saves only when the run is cancelled.</summary>
    public int Every { get; init; }

    /// <summary>Whether to go on from the file, which must be there.</summary>
    public bool Resume { get; init; }
}
