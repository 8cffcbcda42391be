using System.CommandLine;

namespace Atelier.Cli.Commands.Inspect;

/// <summary><c>atelier inspect</c>: draws figures of the network's features and of the losses of a run.</summary>
internal static class InspectCommand
{
    public static Command Create(Host host) => new(
        "inspect", "Draw figures of feature maps, Gram matrices, receptive fields and the losses of a run.")
    {
        InspectFeaturesCommand.Create(host), InspectGramCommand.Create(host), InspectFieldCommand.Create(host),
        InspectLossesCommand.Create(host),
    };
}
