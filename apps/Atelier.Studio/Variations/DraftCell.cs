using Atelier.Studio.Storage;
using Atelier.Workshop;

namespace Atelier.Studio.Variations;

/// <summary>What is known of a draft of a grid.</summary>
/// <param name="Plan">What it is.</param>
public sealed record DraftCell(PlannedDraft Plan)
{
    /// <summary>Whether it is being painted.</summary>
    public bool IsPainting { get; init; }

    /// <summary>The picture, as a PNG with its recipe; null before it is painted.</summary>
    public byte[]? Png { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The result as which it was kept; null if it was not.</summary>
    public StoredPicture? Kept { get; init; }

    /// <summary>Whether nothing has come of it yet.</summary>
    public bool IsMissing => Png is null && Failure is null;
}
