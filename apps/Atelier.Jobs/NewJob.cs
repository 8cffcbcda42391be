using Atelier.Jobs.Blobs;
using Atelier.Jobs.Work;

namespace Atelier.Jobs;

/// <summary>A job to add to a queue, whose inputs have been stored.</summary>
/// <param name="Specification">What to make.</param>
/// <param name="Owner">Who adds it.</param>
/// <param name="Inputs">The blobs that it needs.</param>
public sealed record NewJob(JobSpecification Specification, string Owner, IReadOnlyList<BlobKey> Inputs)
{
    // Without letters and digits that look alike.
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The length of an identifier.</summary>
    internal const int Length = 10;

    /// <summary>Its identifier.</summary>
    public string Id { get; } = new(Random.Shared.GetItems<char>(Letters, Length));

    /// <summary>The batch, sweep or film that it belongs to; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>Jobs of a higher priority run first.</summary>
    public int Priority { get; init; }
}
