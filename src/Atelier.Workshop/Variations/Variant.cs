using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Variations;

/// <summary>One of several paintings that differ in the values of <see cref="Variation"/>s.</summary>
/// <param name="Sources">The input files.</param>
/// <param name="Options">All options.</param>
public sealed record Variant(PaintSources Sources, StylizeOptions Options)
{
    /// <summary>The values of what is varied, by name.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Returns a caption such as <c>style-weight 2, tv-weight 0</c>.</summary>
    public string Label(string separator = ", ") => string.Join(separator, Values.Select(value => value.Key switch
    {
        Variation.Style => InputFile.ShortName(value.Value),
        _ => $"{value.Key} {value.Value}",
    }));
}
