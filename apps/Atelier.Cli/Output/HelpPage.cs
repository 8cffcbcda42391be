using System.CommandLine;
using Atelier.Options;
using Atelier.Video;

namespace Atelier.Cli.Output;

/// <summary>The help of a command: what it does, its basic options and two examples; or all options, by
/// group.</summary>
/// <param name="command">The command.</param>
/// <param name="name">The command as it is called, such as <c>atelier style extract</c>.</param>
/// <param name="width">Width of the text.</param>
internal sealed class HelpPage(Command command, string name, int width)
{
    private const int NameWidth = 26;

    // Commands with more options show only the basic ones at first.
    private const int FewOptions = 16;

    private static readonly Dictionary<string, OptionGroup> Groups = new(
    [
        .. StylizeOptionTable.All.Select(option => KeyValuePair.Create($"--{option.Name}", option.Group)),
        .. VideoOptionTable.All.Select(option => KeyValuePair.Create($"--{option.Name}", option.Group)),
        .. Of(OptionGroup.Color, "--palette"),
        .. Of(OptionGroup.Where, "--style-mask", "--style-region", "--preserve", "--color-mask", "--regions",
            "--style-regions"),
        .. Of(
            OptionGroup.How, "--engine", "--threads", "--precision", "--save-every", "--resume", "--priority",
            "--blobs"),
        .. Of(OptionGroup.Output, "--quality", "--lossless", "--bit-depth", "--strip", "--keep-location", "--no-recipe",
            "--json", "--quiet", "--no-color", "--force", "--preview", "--codec", "--crf", "--debug"),
    ]);

    /// <summary>The options that are inherited from the tool itself.</summary>
    public IReadOnlyList<Option> Inherited { get; init; } = [];

    private IEnumerable<Option> AllOptions => command.Options.Concat(Inherited).Where(option => !option.Hidden);

    /// <summary>Returns the page.</summary>
    /// <param name="isWhole">Whether all options are listed.</param>
    public string Write(bool isWhole)
    {
        isWhole |= AllOptions.Count() <= FewOptions;
        List<string> parts = [string.Join('\n', Columns.Wrap(command.Description ?? "", width)) + "\n", Usage()];
        foreach (IGrouping<OptionGroup, Option> group in AllOptions.GroupBy(GroupOf).OrderBy(group => group.Key))
        {
            if (isWhole || group.Key == OptionGroup.Basic)
            {
                parts.Add(Section(
                    group.Key == OptionGroup.Basic ? "Options" : $"{group.Key}", [.. group.Select(RowOf)]));
            }
        }

        if (command.Options.FirstOrDefault(option => option.Name == "--preset") is Option preset)
        {
            bool isCommon = isWhole || Presets.Common.Contains((string?)preset.GetDefaultValue() ?? "");
            parts.AddRange(isCommon ? [PresetsSection(isWhole)] : []);
        }

        if (command.Subcommands.Count > 0)
        {
            parts.Add(Section("Commands", [.. command.Subcommands.Where(sub => !sub.Hidden)
                .Select(sub => ($"{sub.Name}{string.Concat(sub.Arguments.Select(ArgumentOf))}", sub.Description!))]));
        }

        if (command is RootCommand)
        {
            parts.Add(Section("Topics of 'atelier help'", HelpTopics.All));
        }

        parts.Add($"Examples:\n  {string.Join("\n  ", HelpExamples.Of(name))}\n");
        parts.AddRange(isWhole ? [] : [More()]);
        return string.Join('\n', parts);
    }

    private string Usage()
    {
        IEnumerable<string> needed = command.Options.Where(option => option.Required)
            .Select(option => $" {ShortestOf(option)} {ValueOf(option)}");
        string arguments = string.Concat(command.Arguments.Select(ArgumentOf));
        string usage = $"Usage:\n  {name}{arguments}{string.Concat(needed)}" +
            $"{(command.Subcommands.Count > 0 ? " COMMAND" : "")} [options]\n";
        return command.Arguments.Count == 0 ? usage : usage + '\n' + Columns.Table(
            [.. command.Arguments.Select(argument => (argument.Name, argument.Description ?? ""))], width, NameWidth);
    }

    private string PresetsSection(bool isWhole) => Section(
        "Presets",
        [.. Presets.Descriptions.Where(each => isWhole || Presets.Common.Contains(each.Key))
            .Select(each => (each.Key, each.Value))]);

    private string More()
    {
        string groups = string.Join(", ", AllOptions.Select(GroupOf).Distinct().Order()
            .Where(group => group != OptionGroup.Basic).Select(group => $"{group}".ToLowerInvariant()));
        int more = AllOptions.Count(option => GroupOf(option) != OptionGroup.Basic);
        return string.Join('\n', Columns.Wrap(
            $"'{name} --help all' lists {more} more options ({groups}). 'atelier help' lists topics.", width)) + "\n";
    }

    private string Section(string heading, IReadOnlyList<(string, string)> rows)
        => $"{heading}:\n{Columns.Table(rows, width, NameWidth)}";

    private static (string Name, string Text) RowOf(Option option)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(each => each.Length));
        string value = option.HasDefaultValue && option.ValueType != typeof(bool)
            ? FormattableString.Invariant($" [default: {option.GetDefaultValue()}]")
            : "";
        return ($"{names} {ValueOf(option)}".TrimEnd(),
            option.Description + (option.Required ? " (needed)" : "") + value);
    }

    private static string ValueOf(Option option)
        => option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? ""
            : option is Commands.HelpOption ? $"[{option.HelpName}]"
            : $"<{option.HelpName ?? option.Name.TrimStart('-')}>";

    private static string ArgumentOf(Argument argument)
    {
        string several = argument.Arity.MaximumNumberOfValues > 1 ? "..." : "";
        return argument.Arity.MinimumNumberOfValues == 0
            ? $" [{argument.Name}{several}]"
            : $" {argument.Name}{several}";
    }

    private static string ShortestOf(Option option) => option.Aliases.Append(option.Name).MinBy(each => each.Length)!;

    private static OptionGroup GroupOf(Option option) => Groups.GetValueOrDefault(option.Name, OptionGroup.Basic);

    private static IEnumerable<KeyValuePair<string, OptionGroup>> Of(OptionGroup group, params string[] names)
        => names.Select(name => KeyValuePair.Create(name, group));
}
