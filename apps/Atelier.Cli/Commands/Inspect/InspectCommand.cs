using System.CommandLine;

namespace Atelier.Cli.Commands.Inspect;

/// <summary><c>atelier inspect</c>: figures of what the network sees, and of how a run went.</summary>
internal static class InspectCommand
{
    public static Command Create(Host host) => new(
        "inspect", "Look inside: feature maps, Gram matrices, receptive fields, and the losses of a run.")
    {
        InspectFeaturesCommand.Create(host), InspectGramCommand.Create(host), InspectFieldCommand.Create(host),
        InspectLossesCommand.Create(host),
    };
}
