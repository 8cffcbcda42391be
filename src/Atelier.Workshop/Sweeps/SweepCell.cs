using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Workshop.Sweeps;

/// <summary>An option and its values in a sweep.</summary>
/// <param name="Name">The option's name in captions, such as <c>tv-weight</c>.</param>
/// <param name="Values">The values as text.</param>
/// <param name="Set">Returns options with this one changed to a value.</param>
public sealed record Variation(
    string Name, ImmutableArray<string> Values, Func<StylizeOptions, string, StylizeOptions> Set)
{
    /// <summary>Maximum number of options on a sheet: one across and one down.</summary>
    public const int MaxOptions = 2;

    /// <summary>Maximum number of pictures on a sheet.</summary>
    public const int MaxCells = 400;

    /// <summary>Creates the cells of a sheet, row by row, with the values of the first variation across and those of
    /// the second down.</summary>
    /// <param name="variations">One or two variations.</param>
    /// <param name="options">The options that are not varied.</param>
    /// <exception cref="CodedException">There are too many variations or cells, or one option is varied
    /// twice.</exception>
    public static ImmutableArray<SweepCell> Expand(IReadOnlyList<Variation> variations, StylizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(variations);
        Require(variations);
        SweepCell[] cells = [new SweepCell(options, ImmutableSortedDictionary<string, string>.Empty)];
        foreach (Variation variation in variations.Reverse())
            cells = [.. cells.SelectMany(cell => variation.Values.Select(value => cell.With(variation, value)))];
        return [.. cells];
    }

    /// <summary>Throws if a sheet cannot show the variations.</summary>
    /// <exception cref="CodedException">There are too many variations or cells, or one option is varied
    /// twice.</exception>
    public static void Require(IReadOnlyList<Variation> variations)
    {
        ArgumentNullException.ThrowIfNull(variations);
        if (variations.Count is 0 or > MaxOptions)
        {
            throw CodedException.Usage(
                variations.Count == 0
                    ? "no option is varied."
                    : $"{variations.Count} options are varied, but a sheet can show at most two.",
                "vary one or two options", "vary");
        }

        if (variations.DistinctBy(variation => variation.Name).Count() < variations.Count)
        {
            throw CodedException.Usage($"{variations[0].Name} is varied twice.", "list all of its values once");
        }

        int cells = variations.Aggregate(1, (count, variation) => count * variation.Values.Length);
        if (cells > MaxCells)
        {
            throw CodedException.Usage($"a sheet of {cells} pictures is too large.", $"the maximum is {MaxCells}");
        }
    }
}

/// <summary>One picture of a sweep.</summary>
/// <param name="Options">All options.</param>
/// <param name="Values">The values of the varied options, by name.</param>
public sealed record SweepCell(StylizeOptions Options, ImmutableSortedDictionary<string, string> Values)
{
    /// <summary>Returns a caption such as <c>style-weight 2, tv-weight 0</c>.</summary>
    public string Label(string separator = ", ")
        => string.Join(separator, Values.Select(value => $"{value.Key} {value.Value}"));

    internal SweepCell With(Variation variation, string value)
        => new(variation.Set(Options, value), Values.SetItem(variation.Name, value));
}
