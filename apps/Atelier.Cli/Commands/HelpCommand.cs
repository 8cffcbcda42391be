using System.CommandLine;
using Atelier.Cli.Output;
using Atelier.Primitives;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier help</c>: shows a topic, or the help of a command.</summary>
internal static class HelpCommand
{
    public static Command Create(Host host, RootCommand root)
    {
        Argument<string?> topic = new("TOPIC")
        {
            Description = "A topic or a command; without one, all are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        topic.CompletionSources.Add([.. HelpTopics.All.Select(each => each.Name)]);
        Command command = new("help", "Explain a topic, such as masks, or a command.") { topic };
        command.SetAction((ParseResult parse) =>
        {
            Show(host, root, parse.GetValue(topic));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(Host host, RootCommand root, string? name)
    {
        if (name is null)
        {
            HelpOption.Write(host, root, "atelier", isWhole: true);
        }
        else if (HelpTopics.All.Any(topic => topic.Name == name))
        {
            host.Out.Write(HelpTopics.Read(name).ReplaceLineEndings());
        }
        else if (root.Subcommands.FirstOrDefault(each => each.Name == name) is Command command)
        {
            HelpOption.Write(host, command, $"atelier {name}", isWhole: false);
        }
        else
        {
            IEnumerable<string> topics = HelpTopics.All.Select(topic => topic.Name);
            throw CliException.Usage(
                $"there is no topic '{name}'" +
                NearestName.Suggestion(name, topics.Concat(root.Subcommands.Select(each => each.Name))),
                $"the topics are {string.Join(", ", topics)}.");
        }
    }
}
