using System.CommandLine;
using Atelier.Cli.Output;
using Atelier.Primitives;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier completions</c>: prints a shell completion script.</summary>
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
        Command command = new("completions", "Print a shell completion script for commands, options and " +
            "values.") { shell };
        command.SetAction((ParseResult parse) =>
        {
            string name = parse.GetRequiredValue(shell);
            if (!Shells.TryGetValue(name, out Func<CompletionWords, string>? script))
            {
                throw CliException.Usage($"'{name}' is not one of {string.Join(", ", Shells.Keys)}" +
                    NearestName.Suggestion(name, Shells.Keys));
            }

            host.Out.WriteLine(script(CompletionWords.Create(root)));
            return ExitCode.Done;
        });
        return command;
    }
}
