using System.Collections.Immutable;
using System.CommandLine;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Variations;

namespace Atelier.Cli.Commands;

/// <summary>The option <c>--vary</c>: what takes several values in turn.</summary>
internal static class VariedOption
{
    private const string Prefix = "--";

    public static Option<string[]> Create(string help) => new("--vary")
    {
        Description = $"{help}. Separate values that contain commas with ;",
        HelpName = "NAME=V1,V2,...",
    };

    /// <summary>Parses <c>NAME=V1,V2</c>, or <c>NAME=V1;V2</c> for values that contain commas.</summary>
    /// <param name="text">The text.</param>
    /// <param name="optionsOf">Returns the options for a preset, with those that override it.</param>
    /// <exception cref="CliException">There is no such option, or a value is invalid.</exception>
    public static Variation Parse(string text, Func<string, StylizeOptions> optionsOf)
    {
        string[] parts = text.Split('=', 2);
        string name = parts[0].StartsWith(Prefix, StringComparison.Ordinal) ? parts[0][Prefix.Length..] : parts[0];
        if (parts.Length < 2)
        {
            throw CliException.Usage($"--vary: '{text}' gives no values.", "write one like tv-weight=0,6.");
        }

        ImmutableArray<string> values = [.. parts[1].Split(parts[1].Contains(';') ? ';' : ',')];
        return name switch
        {
            Variation.Style => Variation.OfStyles(
                [.. InputPattern.Expand(Distinct(parts[1], values, Path.GetFullPath), "style", "vary", true)]),
            Variation.Preset => Variation.OfPresets(
                Distinct(parts[1], values, value => OptionSet.RequirePreset("--vary preset", value)), optionsOf),
            _ => OfOption(name, parts[1], values),
        };
    }

    private static Variation OfOption(string name, string text, ImmutableArray<string> values)
    {
        OptionDefinition<StylizeOptions> option =
            TableOptions.All.FirstOrDefault(each => each.Name == name)
            ?? throw CliException.Usage($"--vary: there is no option '{name}'" + NearestName.Suggestion(
                name, [.. TableOptions.All.Select(each => each.Name), Variation.Style, Variation.Preset]));
        return Variation.OfOption(option, Distinct(text, values, value => Meaning(option, value)));
    }

    private static ImmutableArray<string> Distinct(
        string text, ImmutableArray<string> values, Func<string, string> meaning)
        => values.Select(meaning).Distinct().Count() == values.Length
            ? values
            : throw CliException.Usage($"--vary: two of the values {text} are the same.", "give each value once.");

    private static string Meaning(OptionDefinition<StylizeOptions> option, string value)
    {
        try
        {
            StylizeOptions options = option.Change(StylizeOptions.Default, value);
            return option == TableOptions.Init && options.Init == InitKind.File
                ? throw new FormatException($"'{value}' is not one of its named values, and only those can be varied.")
                : option.Show(options);
        }
        catch (FormatException error)
        {
            throw CliException.Usage($"--vary {option.Name}: {error.Message}");
        }
    }
}
