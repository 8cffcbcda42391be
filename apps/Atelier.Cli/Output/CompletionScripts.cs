using Atelier.Cli.Commands;

namespace Atelier.Cli.Output;

/// <summary>The completion script for each shell. If no value matches, file names are completed.</summary>
internal static class CompletionScripts
{
    public static string Bash(CompletionWords words) => $$"""
        # Atelier for bash: source <(atelier completions bash)
        _atelier() {
            local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" list=
            if [ "$COMP_CWORD" -eq 1 ]; then
                list="{{Names(words)}}"
            else
                case "$previous" in
        {{Lines(words.OptionsWithValues.Select(option => $"        {option.Name}) list=\"{option.Following}\" ;;"))}}
                *)
                    case "${COMP_WORDS[1]} $current" in
        {{Lines(Following(words, list => $"list=\"{list}\""))}}
                    esac ;;
                esac
            fi
            COMPREPLY=($(compgen -W "$list" -- "$current"))
        }
        complete -o default -F _atelier atelier
        """;

    public static string Zsh(CompletionWords words) => $$"""
        #compdef atelier
        # Atelier for zsh: source <(atelier completions zsh)
        _atelier() {
            local -a list
            if (( CURRENT == 2 )); then
                list=({{Names(words)}})
            else
                case "${words[CURRENT-1]}" in
        {{Lines(words.OptionsWithValues.Select(option => $"        {option.Name}) list=({option.Following}) ;;"))}}
                *)
                    case "${words[2]} ${words[CURRENT]}" in
        {{Lines(Following(words, list => $"list=({list})"))}}
                    esac ;;
                esac
            fi
            compadd -- $list
            _files
        }
        compdef _atelier atelier
        """;

    public static string Fish(CompletionWords words) => $"""
        # Atelier for fish: atelier completions fish | source
        {Lines(words.Commands.Select(command =>
            $"complete -c atelier -n __fish_use_subcommand -f -a {command.Name} -d {Quoted(command.Help)}"))}
        {Lines(words.Commands.SelectMany(command => command.Options.Select(option =>
            $"complete -c atelier -n '__fish_seen_subcommand_from {command.Name}' -l {option.Name[2..]}" +
            $" -d {Quoted(option.Help)}" + (option.Words.Count > 0 ? $" -r -a '{option.Following}'" : ""))))}
        {Lines(words.Commands.Where(command => command.Arguments.Count > 0).Select(command =>
            $"complete -c atelier -n '__fish_seen_subcommand_from {command.Name}; " +
            $"and not __fish_seen_subcommand_from {command.ArgumentValues}' -f -a '{command.ArgumentValues}'"))}
        """;

    public static string Pwsh(CompletionWords words) => $$"""
        # Atelier for PowerShell: atelier completions pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName atelier -ScriptBlock {
            param($word, $line, $cursor)
            $after = @{
        {{Lines(words.OptionsWithValues.Select(option => $"        '{option.Name}' = '{option.Following}'"))}}
            }
            $options = @{
        {{Lines(words.Commands.Select(command => $"        '{command.Name}' = '{command.OptionNames}'"))}}
            }
            $arguments = @{
        {{Lines(words.Commands.Select(command => $"        '{command.Name}' = '{command.ArgumentValues}'"))}}
            }
            $before = @($line.CommandElements |
                Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { "$_" })
            $list = if ($before.Count -lt 2) { '{{Names(words)}}' }
                elseif ($after.ContainsKey($before[-1])) { $after[$before[-1]] }
                elseif ("$word".StartsWith('-')) { $options[$before[1]] }
                else { $arguments[$before[1]] }
            "$list" -split ' ' | Where-Object { $_ -and $_.StartsWith($word) }
        }
        """;

    private static string Names(CompletionWords words)
        => string.Join(' ', words.Commands.Select(command => command.Name));

    /// <summary>Returns the branches of a <c>case</c> statement over the command and the current word: options after a
    /// dash, otherwise the values of the argument.</summary>
    private static IEnumerable<string> Following(CompletionWords words, Func<string, string> assign)
        => words.Commands.SelectMany(command => (string[])[
            $"            \"{command.Name} -\"*) {assign(command.OptionNames)} ;;",
            $"            \"{command.Name} \"*) {assign(command.ArgumentValues)} ;;"]);

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Quoted(string text) => $"'{text.Replace("'", "\\'", StringComparison.Ordinal)}'";
}
