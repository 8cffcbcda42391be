using System.CommandLine;
using System.CommandLine.Invocation;
using Atelier.Cli.Output;

namespace Atelier.Cli.Commands;

/// <summary><c>--help</c>: the basic options of a command; <c>--help all</c>: all of them.</summary>
internal sealed class HelpOption : Option<string?>
{
    private const string All = "all";

    public HelpOption(Host host) : base("--help", "-h", "-?")
    {
        Description = "Show the basic options, or all";
        HelpName = All;
        Arity = ArgumentArity.ZeroOrOne;
        Recursive = true;
        CompletionSources.Add(All);
        Action = new HelpAction(host, this);
    }

    /// <summary>Writes the help of a command.</summary>
    public static void Write(Host host, Command command, string name, bool isWhole)
    {
        Command root = command;
        while (root.Parents.OfType<Command>().FirstOrDefault() is Command parent)
            root = parent;
        HelpPage page = new(command, name, host.OutColumns)
        {
            Inherited = [.. root.Options.Where(option => option.Recursive && root != command)],
        };
        host.Out.Write(page.Write(isWhole).ReplaceLineEndings());
    }

    internal sealed class HelpAction(Host host, HelpOption option) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            Write(host, parseResult.CommandResult.Command, CommandTree.NameOf(parseResult),
                parseResult.GetValue(option) == All);
            return ExitCode.Done;
        }
    }
}
