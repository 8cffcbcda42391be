namespace Atelier.Losses;

/// <summary>One term of the objective.</summary>
/// <param name="Kind">The kind of term.</param>
/// <param name="Layer">The layer whose features it compares, the shallowest if there are several; null if it compares
/// pixels.</param>
/// <param name="Name">Kind and layer of the term, such as <c>style relu3_1</c>, <c>content relu4_2</c> or
/// <c>tv</c>.</param>
/// <param name="Weight">Factor of the term in the sum: the weight of its kind times the weight of its layer.</param>
/// <param name="Value">Value of the term, including its weight.</param>
public sealed record LossTerm(LossKind Kind, string? Layer, string Name, double Weight, double Value);

/// <summary>The kinds of terms of an objective.</summary>
public enum LossKind
{
    /// <summary>The content loss: the distance between the features and those of the photograph.</summary>
    Content,

    /// <summary>A style loss: the distance between the feature statistics and those of the artworks.</summary>
    Style,

    /// <summary>A nearest-neighbor style loss: the distance between features and the most similar ones of the
    /// artworks.</summary>
    Neighbors,

    /// <summary>The total variation, or smoothness, term.</summary>
    TotalVariation,

    /// <summary>The temporal loss of a video: the distance from the warped frames before it.</summary>
    Temporal,
}
