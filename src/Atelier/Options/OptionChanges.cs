using System.Collections.Frozen;

namespace Atelier.Options;

/// <summary>Which options may change while a picture is painted.</summary>
internal static class OptionChanges
{
    private const string OfNetwork = "the features of another network cannot be compared with those so far";
    private const string OfOptimizer = "the state of the optimizer would be lost";
    private const string OfStart = "the painting has begun already";
    private const string OfShape = "the painting would have another shape";

    // Scales are compared themselves, because they depend on several options.
    private static readonly FrozenDictionary<string, string> Fixed = new Dictionary<string, string>
    {
        ["network"] = OfNetwork,
        ["pooling"] = OfNetwork,
        ["padding"] = OfNetwork,
        ["activations"] = OfNetwork,
        ["optimizer"] = OfOptimizer,
        ["history"] = OfOptimizer,
        ["init"] = OfStart,
        ["noise-ratio"] = OfStart,
        ["aspect"] = OfShape,
        ["tileable"] = OfShape,
        ["margin"] = OfShape,
    }.ToFrozenDictionary();

    /// <summary>Returns a problem for each option that has changed although it must not.</summary>
    internal static IEnumerable<Problem> ProblemsWith(StylizeOptions from, StylizeOptions to)
        => StylizeOptionTable.All
            .Where(option => Fixed.ContainsKey(option.Name) && !option.AreEqual(from, to))
            .Select(option => new Problem(
                option.Name, $"cannot change while a picture is painted, because {Fixed[option.Name]}",
                $"keep {option.Show(from)}, or start another painting"));
}
