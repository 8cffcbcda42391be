using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Atelier.Primitives;
using Atelier.Recipes;

namespace Atelier.Cli.Commands;

/// <summary>All commands, and strict parsing of their arguments.</summary>
internal static class CommandTree
{
    public static RootCommand Create(Host host)
    {
        RootCommand root = new("Atelier paints photographs in the style of artworks.")
        {
            StylizeCommand.Create(host), TextureCommand.Create(host), ReconstructCommand.Create(host),
            BatchCommand.Create(host), SweepCommand.Create(host), PlanCommand.Create(host),
            EvaluateCommand.Create(host), ReproduceCommand.Create(host), ColorCommand.Create(host),
            StyleCommand.Create(host), Video.VideoCommand.Create(host), WeightsCommand.Create(host),
            Inspect.InspectCommand.Create(host), StudioCommand.Create(host), DoctorCommand.Create(host),
        };
#if STUDIO
        root.Add(Queue.JobsCommand.Create(host));
        root.Add(Queue.WorkerCommand.Create(host));
#endif
        root.Add(CompletionsCommand.Create(host, root));
        root.Add(HelpCommand.Create(host, root));
        root.Add(new Option<bool>("--debug") { Description = "Show a stack trace with an error", Recursive = true });
        root.Options.Remove(root.Options.OfType<System.CommandLine.Help.HelpOption>().Single());
        root.Add(new HelpOption(host));
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction(host);
        return root;
    }

    /// <summary>Parses the command line.</summary>
    /// <exception cref="CliException">The command line is invalid; nothing was run.</exception>
    public static ParseResult Parse(string[] args, Host host)
    {
        ParserConfiguration configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        ParseResult parse = Create(host).Parse(args, configuration);
        Command command = parse.CommandResult.Command;
        if (parse.Action is HelpOption.HelpAction or VersionAction)
        {
            return parse;
        }

        string name = NameOf(parse), hint = $"see '{name} --help'.";
        if (UnknownOption(parse) is string unknown)
        {
            IEnumerable<string> names = parse.RootCommandResult.Command.Options.Where(option => option.Recursive)
                .Concat(command.Options).Select(option => option.Name);
            throw CliException.Usage($"{name} has no option '{unknown}'{NearestName.Suggestion(unknown, names)}",
                File.Exists(unknown) ? $"write './{unknown}' if you mean the file of that name." : hint);
        }

        if (command.Subcommands.Count > 0)
        {
            throw parse.UnmatchedTokens is [string word, ..]
                ? CliException.Usage($"there is no command '{word}'" +
                    NearestName.Suggestion(word, command.Subcommands.Select(sub => sub.Name)), hint)
                : CliException.Usage("a command is missing.", hint);
        }

        if (parse.UnmatchedTokens is [string extra, ..])
        {
            throw CliException.Usage($"{name} does not take the extra argument '{extra}'.",
                command.Options.Any(option => option.Name == "--style") ? "give artworks with --style FILE." : hint);
        }

        return parse.Errors.Count == 0
            ? parse
            : throw CliException.Usage(string.Join(' ', parse.Errors.Select(error => error.Message).Distinct()), hint);
    }

    /// <summary>Returns an argument that looks like an option but was parsed as a value or left over.</summary>
    private static string? UnknownOption(ParseResult parse) => parse.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument)
        .Select(token => token.Value.Split('=')[0])
        .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && !IsNumbers(word));

    private static bool IsNumbers(string word) => word.Split(',').All(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double _));

    /// <summary>Returns the command as it is called, such as <c>atelier style extract</c>.</summary>
    public static string NameOf(ParseResult parse) => string.Join(' ', Path(parse.CommandResult));

    private static IEnumerable<string> Path(CommandResult result)
        => result.Parent is CommandResult parent
            ? Path(parent).Append(result.Command.Name)
            : ["atelier"];

    private sealed class VersionAction(Host host) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            host.Out.WriteLine(Recipe.LibraryVersion);
            return ExitCode.Done;
        }
    }
}
