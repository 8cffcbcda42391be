using System.CommandLine;
using System.CommandLine.Completions;

namespace Atelier.Cli.Commands;

/// <summary>Everything that a shell can complete.</summary>
internal sealed record CompletionWords(IReadOnlyList<CommandWords> Commands)
{
    /// <summary>The words that may follow each option, whatever the command.</summary>
    public IEnumerable<OptionWordList> OptionsWithWords => Commands.SelectMany(command => command.Options)
        .Where(option => option.Words.Count > 0).DistinctBy(option => option.Name);

    public static CompletionWords Of(RootCommand root)
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

    private static OptionWordList Words(Option option)
        => new(option.Name, option.Description ?? "", [.. Labels(option.GetCompletions(CompletionContext.Empty))]);

    private static IEnumerable<string> Labels(IEnumerable<CompletionItem> items) => items.Select(item => item.Label);
}

/// <summary>A command with its options and the words of its argument.</summary>
internal sealed record CommandWords(
    string Name, string Help, IReadOnlyList<OptionWordList> Options, IReadOnlyList<string> Arguments)
{
    /// <summary>The names of the options, with spaces between them.</summary>
    public string OptionNames => string.Join(' ', Options.Select(option => option.Name));

    /// <summary>The words that the argument may be, with spaces between them.</summary>
    public string ArgumentWords => string.Join(' ', Arguments);
}

/// <summary>An option and the words that may follow it.</summary>
internal sealed record OptionWordList(string Name, string Help, IReadOnlyList<string> Words)
{
    /// <summary>The words, with spaces between them.</summary>
    public string Following => string.Join(' ', Words);
}
