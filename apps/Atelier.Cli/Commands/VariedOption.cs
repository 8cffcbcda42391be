using System.Collections.Immutable;
using Atelier.Options;
using Atelier.Primitives;
using Atelier.Workshop.Sweeps;

namespace Atelier.Cli.Commands;

/// <summary>Reads an option and the values that it takes in turn.</summary>
internal static class VariedOption
{
    /// <summary>Parses <c>NAME=V1,V2</c>, or <c>NAME=V1;V2</c> for values that contain commas.</summary>
    /// <exception cref="CliException">There is no such option, or a value is invalid.</exception>
    public static Variation Parse(string text)
    {
        string[] parts = text.Split('=', 2);
        string name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0] : $"--{parts[0]}";
        if (parts.Length < 2)
        {
            throw CliException.Usage($"--vary: '{text}' gives no values.", "write one like tv-weight=0,6.");
        }

        OptionDefinition<StylizeOptions> option =
            TableOptions.All.FirstOrDefault(each => TableOptions.NameOf(each) == name)
            ?? throw CliException.Usage($"--vary: there is no option '{parts[0]}'" +
                NearestName.Suggestion(name, TableOptions.All.Select(TableOptions.NameOf)));
        ImmutableArray<string> values = [.. parts[1].Split(parts[1].Contains(';') ? ';' : ',')];
        string[] meanings = [.. values.Select(value => Meaning(option, value))];
        return meanings.Distinct().Count() == meanings.Length
            ? new Variation(option.Name, values, option.Change)
            : throw CliException.Usage($"--vary: two of the values {parts[1]} are the same.", "give each value once.");
    }

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
