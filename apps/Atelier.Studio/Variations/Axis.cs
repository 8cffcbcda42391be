using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Workshop.Variations;

namespace Atelier.Studio.Variations;

/// <summary>What is varied along one side of a grid.</summary>
/// <param name="Name">The name of an option, <c>style</c> for the artwork, or <c>preset</c>.</param>
/// <param name="Values">The values as text; of artworks and style files the names of their files.</param>
public sealed record Axis(string Name, ImmutableArray<string> Values)
{
    /// <summary>Reads values from a line of text.</summary>
    /// <param name="name">The name.</param>
    /// <param name="text">The values, separated by commas, or by semicolons if they contain commas.</param>
    public static Axis Parse(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char separator = SeparatorOf(text.Contains(';'));
        return new Axis(
            name, [.. text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>The values as a line of text, which <see cref="Parse"/> reads back.</summary>
    public string Text => Join(Values);

    /// <summary>Throws if the values cannot be used.</summary>
    /// <exception cref="AtelierException">There is none, two are the same, or one is no value of the
    /// option.</exception>
    public void Require(StylizeOptions options)
    {
        if (Values.IsEmpty)
        {
            throw CodedException.Usage($"{Name} has no values.", "give at least one", Name);
        }

        string[] meanings = [.. Values.Select(value => MeaningOf(value, options))];
        if (meanings.Distinct().Count() < meanings.Length)
        {
            throw CodedException.Usage($"{Name} has a value twice.", "give each value once", Name);
        }
    }

    /// <summary>Returns values as a line of text.</summary>
    internal static string Join(ImmutableArray<string> values)
    {
        bool haveCommas = values.Any(value => value.Contains(','));

        // A single value with commas would be read as several.
        string end = haveCommas && values.Length == 1 ? ";" : "";
        return string.Join(haveCommas ? "; " : ", ", values) + end;
    }

    private static char SeparatorOf(bool haveCommas) => haveCommas ? ';' : ',';

    /// <summary>Returns a value as the option table writes it.</summary>
    private string MeaningOf(string value, StylizeOptions options)
    {
        if (Name == Variation.Style)
        {
            return value;
        }

        if (Name == Variation.Preset)
        {
            return Presets.ByName.ContainsKey(value)
                ? value
                : throw CodedException.Usage($"there is no preset '{value}'.", "choose another", Name);
        }

        OptionDefinition<StylizeOptions> option = StylizeOptionTable.Get(Name);
        StylizeOptions changed;
        try
        {
            changed = option.Change(options, value);
        }
        catch (FormatException error)
        {
            throw CodedException.Usage($"{Name}: {error.Message}", null, Name);
        }

        Problem[] problems = [.. option.ProblemsWith(changed)];
        return problems.Length == 0 ? option.Show(changed) : throw new OptionsException(problems);
    }
}
