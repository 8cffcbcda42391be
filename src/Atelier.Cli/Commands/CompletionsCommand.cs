using System.CommandLine;
using System.CommandLine.Completions;
using Atelier.Cli.Output;
using Atelier.Diagnostics;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier completions</c>: a script that completes the tool's words in a shell.</summary>
internal static class CompletionsCommand
{
    private static readonly Dictionary<string, Func<CompletionWords, string>> Shells = new()
    {
        ["bash"] = CompletionScripts.Bash,
        ["zsh"] = CompletionScripts.Zsh,
        ["fish"] = CompletionScripts.Fish,
        ["pwsh"] = CompletionScripts.Pwsh,
    };

    public static Command Create(Host host, RootCommand root)
    {
        Argument<string> shell = new("SHELL") { Description = string.Join('|', Shells.Keys) };
        shell.CompletionSources.Add([.. Shells.Keys]);
        Command command = new("completions", "Print a script that completes commands, options and their words.") { shell };
        command.SetAction((ParseResult parse) =>
        {
            string name = parse.GetRequiredValue(shell);
            if (!Shells.TryGetValue(name, out Func<CompletionWords, string>? script))
            {
                throw CliException.Usage($"there is no completion for '{name}', only for {string.Join(", ", Shells.Keys)}" +
                    NearestName.Suggestion(name, Shells.Keys));
            }

            host.Out.WriteLine(script(CompletionWords.Of(root)).ReplaceLineEndings("\n"));
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary>An option and the words that may follow it.</summary>
internal sealed record OptionWordList(string Name, string Help, IReadOnlyList<string> Words);

/// <summary>Everything that can be completed: commands with their options and the words of their argument.</summary>
internal sealed record CompletionWords(
    IReadOnlyList<(string Name, string Help, IReadOnlyList<OptionWordList> Options, IReadOnlyList<string> Arguments)> Commands)
{
    public static CompletionWords Of(RootCommand root) => new([.. root.Subcommands.Select(command => (
        command.Name, command.Description ?? "",
        (IReadOnlyList<OptionWordList>)[.. command.Options.Concat(root.Options.Where(option => option.Recursive)).Select(option =>
            new OptionWordList(option.Name, option.Description ?? "", Words(option.GetCompletions(CompletionContext.Empty))))],
        Words(command.Arguments.SelectMany(argument => argument.GetCompletions(CompletionContext.Empty)))))]);

    /// <summary>The words that may follow each option, whatever the command.</summary>
    public IEnumerable<OptionWordList> OptionsWithWords => Commands.SelectMany(command => command.Options)
        .Where(option => option.Words.Count > 0).DistinctBy(option => option.Name);

    private static IReadOnlyList<string> Words(IEnumerable<CompletionItem> items) => [.. items.Select(item => item.Label)];
}
