using System.CommandLine;
using System.CommandLine.Completions;

namespace Atelier.Cli.Commands;

/// <summary>All words that shell completion offers.</summary>
internal sealed record CompletionWords(IReadOnlyList<CommandWords> Commands)
{
    /// <summary>The values of each option, for all commands.</summary>
    public IEnumerable<OptionValueList> OptionsWithValues => Commands.SelectMany(command => command.Options)
        .Where(option => option.Words.Count > 0).DistinctBy(option => option.Name);

    public static CompletionWords Create(RootCommand root)
    {
        IEnumerable<Option> everywhere = root.Options.Where(option => option.Recursive);
        return new([.. root.Subcommands.Select(command => new CommandWords(
            command.Name,
            command.Description ?? "",
            [.. command.Options.Concat(command.Subcommands.SelectMany(sub => sub.Options)).Concat(everywhere)
                .DistinctBy(option => option.Name).Select(Words)],
            [.. command.Subcommands.Select(sub => sub.Name),
                .. command.Arguments.SelectMany(argument => Labels(argument.GetCompletions(CompletionContext.Empty)))]
            ))]);
    }

    private static OptionValueList Words(Option option)
        => new(option.Name, option.Description ?? "", [.. Labels(option.GetCompletions(CompletionContext.Empty))]);

    private static IEnumerable<string> Labels(IEnumerable<CompletionItem> items) => items.Select(item => item.Label);
}

/// <summary>A command with its options and the possible values of its argument.</summary>
internal sealed record CommandWords(
    string Name, string Help, IReadOnlyList<OptionValueList> Options, IReadOnlyList<string> Arguments)
{
    /// <summary>The names of the options, separated by spaces.</summary>
    public string OptionNames => string.Join(' ', Options.Select(option => option.Name));

    /// <summary>The possible values of the argument, separated by spaces.</summary>
    public string ArgumentValues => string.Join(' ', Arguments);
}

/// <summary>An option and its possible values.</summary>
internal sealed record OptionValueList(string Name, string Help, IReadOnlyList<string> Words)
{
    /// <summary>The values, separated by spaces.</summary>
    public string Following => string.Join(' ', Words);
}
