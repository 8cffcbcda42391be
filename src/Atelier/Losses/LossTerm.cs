namespace Atelier.Losses;

/// <summary>One term of the objective.</summary>
/// <param name="Name">Kind and place, as in <c>style relu3_1</c>, <c>content relu4_2</c> or <c>tv</c>.</param>
/// <param name="Weight">Its factor in the sum: the strength of its kind times the layer's weight.</param>
/// <param name="Value">Its value, the weight included.</param>
public sealed record LossTerm(string Name, double Weight, double Value);
