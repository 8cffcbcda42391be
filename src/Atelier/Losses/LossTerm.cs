namespace Atelier.Losses;

/// <summary>One term of the objective.</summary>
/// <param name="Kind">What it judges.</param>
/// <param name="Layer">The layer whose features it judges, of several the shallowest; null for pixels.</param>
/// <param name="Name">Kind and layer of the term, such as <c>style relu3_1</c>, <c>content relu4_2</c> or
/// <c>tv</c>.</param>
/// <param name="Weight">Factor of the term in the sum: the weight of its kind times the weight of its layer.</param>
/// <param name="Value">Value of the term, including its weight.</param>
public sealed record LossTerm(LossKind Kind, string? Layer, string Name, double Weight, double Value);

/// <summary>What a term of the objective judges.</summary>
public enum LossKind
{
    /// <summary>How far the features are from the photograph's.</summary>
    Content,

    /// <summary>How far the features' statistics are from the artworks'.</summary>
    Style,

    /// <summary>How rough the picture is.</summary>
    TotalVariation,

    /// <summary>How far a frame is from those beside it.</summary>
    Temporal,
}
