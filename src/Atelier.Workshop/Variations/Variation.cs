using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Variations;

/// <summary>Something that takes several values in turn: an option, the artwork or the preset.</summary>
/// <param name="Name">Its name in captions, such as <c>tv-weight</c>, <c>style</c> or <c>preset</c>.</param>
/// <param name="Values">The values as text.</param>
/// <param name="Set">Returns a variant with this value.</param>
public sealed record Variation(string Name, ImmutableArray<string> Values, Func<Variant, string, Variant> Set)
{
    /// <summary>The name of a variation of the preset.</summary>
    public const string Preset = "preset";

    /// <summary>The name of a variation of the artwork.</summary>
    public const string Style = "style";

    /// <summary>Maximum number of variations on the sheet of a sweep: one across and one down.</summary>
    public const int MaxOnSheet = 2;

    /// <summary>Maximum number of pictures on a sheet.</summary>
    public const int MaxCells = 400;

    /// <summary>Creates a variation of an option.</summary>
    public static Variation OfOption(OptionDefinition<StylizeOptions> option, ImmutableArray<string> values)
    {
        ArgumentNullException.ThrowIfNull(option);
        return new(option.Name, values,
            (variant, value) => variant with { Options = option.Change(variant.Options, value) });
    }

    /// <summary>Creates a variation of the artwork.</summary>
    /// <param name="paths">The artworks and style files, which are used one at a time.</param>
    public static Variation OfStyles(ImmutableArray<string> paths) => new(Style, paths, (variant, path) =>
        variant with { Sources = variant.Sources with { Styles = [new PictureSource("style", path, "style")] } });

    /// <summary>Creates a variation of the preset, to which all other variations are applied.</summary>
    /// <param name="names">Names of presets.</param>
    /// <param name="resolve">Returns the options for a preset, with those that override it.</param>
    public static Variation OfPresets(ImmutableArray<string> names, Func<string, StylizeOptions> resolve)
        => new(Preset, names, (variant, name) => variant with { Options = resolve(name) });

    /// <summary>Creates every combination of the values, with those of the first variation changing fastest.</summary>
    /// <param name="variations">The variations; with none, the result is the given variant.</param>
    /// <param name="basis">What is not varied.</param>
    public static ImmutableArray<Variant> Expand(IReadOnlyList<Variation> variations, Variant basis)
    {
        ArgumentNullException.ThrowIfNull(variations);
        ImmutableArray<string>[] combinations = [[]];
        foreach (Variation variation in variations.Reverse())
        {
            combinations =
                [.. combinations.SelectMany(each => variation.Values.Select(value => each.Insert(0, value)))];
        }

        return [.. combinations.Select(values => variations.Zip(values)
            .OrderBy(pair => pair.First.Name == Preset ? 0 : 1)
            .Aggregate(basis, (variant, pair) => pair.First.Set(variant, pair.Second) with
            {
                Values = variant.Values.SetItem(pair.First.Name, pair.Second),
            }))];
    }

    /// <summary>Throws if a sheet with one variation across and one down cannot show the variations.</summary>
    /// <exception cref="CodedException">There are too many variations or cells, or one option is varied
    /// twice.</exception>
    public static void RequireSheet(IReadOnlyList<Variation> variations)
    {
        ArgumentNullException.ThrowIfNull(variations);
        if (variations.Count is 0 or > MaxOnSheet)
        {
            throw CodedException.Usage(
                variations.Count == 0
                    ? "no option is varied."
                    : $"{variations.Count} options are varied, but a sheet can show at most two.",
                "vary one or two options", "vary");
        }

        RequireDistinct(variations);
        int cells = variations.Aggregate(1, (count, variation) => count * variation.Values.Length);
        if (cells > MaxCells)
        {
            throw CodedException.Usage($"a sheet of {cells} pictures is too large.", $"the maximum is {MaxCells}");
        }
    }

    /// <summary>Throws if one option is varied twice.</summary>
    /// <exception cref="CodedException">One option is varied twice.</exception>
    public static void RequireDistinct(IReadOnlyList<Variation> variations)
    {
        if (variations.GroupBy(variation => variation.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw CodedException.Usage($"{twice.Key} is varied twice.", "list all of its values once");
        }
    }
}
