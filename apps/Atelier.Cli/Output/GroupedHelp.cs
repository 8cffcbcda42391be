using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Atelier.Options;
using Atelier.Video;

namespace Atelier.Cli.Output;

/// <summary>The usual help, with the options under headings: the basic ones first.</summary>
internal sealed class GroupedHelp : SynchronousCommandLineAction
{
    private const string Heading = "Options:";

    private static readonly Dictionary<string, OptionGroup> Groups = new(
    [
        .. StylizeOptionTable.All.Select(option => KeyValuePair.Create($"--{option.Name}", option.Group)),
        .. VideoOptionTable.All.Select(option => KeyValuePair.Create($"--{option.Name}", option.Group)),
        .. Of(OptionGroup.Color, "--palette"),
        .. Of(OptionGroup.Where, "--style-mask", "--style-region", "--preserve", "--color-mask", "--regions",
            "--style-regions"),
        .. Of(OptionGroup.How, "--threads", "--precision", "--save-every", "--resume"),
        .. Of(OptionGroup.Output, "--quality", "--bit-depth", "--strip", "--keep-location", "--no-recipe", "--json",
            "--quiet", "--no-color", "--force", "--preview", "--codec", "--crf", "--debug"),
    ]);

    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using StringWriter plain = new();
        parseResult.InvocationConfiguration.Output = plain;
        try
        {
            new HelpAction().Invoke(parseResult);
        }
        finally
        {
            parseResult.InvocationConfiguration.Output = output;
        }

        output.Write(Regroup(plain.ToString().ReplaceLineEndings("\n")).ReplaceLineEndings());
        return ExitCode.Done;
    }

    /// <summary>Sorts the lines of the options by group.</summary>
    internal static string Regroup(string help)
    {
        List<string> lines = [.. help.Split('\n')];
        int start = lines.IndexOf(Heading), end = start < 0 ? -1 : lines.FindIndex(start, line => line.Length == 0);
        if (end < 0)
        {
            return help;
        }

        SortedDictionary<OptionGroup, List<string>> grouped = [];
        OptionGroup group = OptionGroup.Basic;
        foreach (string line in lines[(start + 1)..end])
        {
            group = line.StartsWith("  -", StringComparison.Ordinal) ? GroupOf(line) : group;
            grouped.TryAdd(group, []);
            grouped[group].Add(line);
        }

        IEnumerable<string> sections = grouped.Select(each =>
            string.Join('\n', each.Value.Prepend(each.Key == OptionGroup.Basic ? Heading : $"{each.Key}:")));
        return string.Join('\n', [.. lines[..start], string.Join("\n\n", sections), .. lines[end..]]);
    }

    private static OptionGroup GroupOf(string line)
        => line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Groups.TryGetValue(word, out OptionGroup group) ? group : (OptionGroup?)null)
            .FirstOrDefault(group => group is not null) ?? OptionGroup.Basic;

    private static IEnumerable<KeyValuePair<string, OptionGroup>> Of(OptionGroup group, params string[] names)
        => names.Select(name => KeyValuePair.Create(name, group));
}
