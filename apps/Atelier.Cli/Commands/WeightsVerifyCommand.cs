using System.CommandLine;
using Atelier.Cli.Weights;
using Atelier.Networks;
using Atelier.Weights;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier weights verify</c>: reads networks whole, to see that they can be used.</summary>
internal static class WeightsVerifyCommand
{
    public static Command Create(Host host)
    {
        Argument<string[]> networks = new("NETWORK")
        {
            Description = "Networks from 'weights get' by name, or weight files [default: all that were fetched]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        networks.CompletionSources.Add([.. NetworkManifest.All.Select(manifest => manifest.Name)]);
        Command command = new("verify", "Read networks whole and tell whether they are sound.") { networks };
        command.SetAction((ParseResult parse) => Run(host, WeightCache.OfUser(), parse.GetValue(networks) ?? []));
        return command;
    }

    private static int Run(Host host, WeightCache cache, string[] named)
    {
        string[] networks = named.Length > 0
            ? named
            : [.. NetworkManifest.All.Where(each => File.Exists(cache.NetworkOf(each))).Select(each => each.Name)];
        if (networks.Length == 0)
        {
            host.Error.WriteLine(
                "no published network is on this machine; 'atelier weights list' tells which there are.");
        }

        bool allAreSound = true;
        foreach (string network in networks)
        {
            string path = cache.Find(network);
            InputFile.Require("weight file", path);
            allAreSound &= Tell(host, network, path);
        }

        return allAreSound ? ExitCode.Done : ExitCode.Failed;
    }

    private static bool Tell(Host host, string network, string path)
    {
        try
        {
            ImportedNetwork recognized = NetworkImport.Verify(path);
            host.Out.WriteLine($"{network}  sound: {WeightsCommand.Line(recognized)}");
            foreach (string warning in recognized.Warnings)
                host.Out.WriteLine($"{network}  but {warning}");
            return true;
        }
        catch (WeightFormatException error)
        {
            host.Out.WriteLine($"{network}  cannot be used: {error.Message}");
            return false;
        }
    }
}
