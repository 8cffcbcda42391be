using System.CommandLine;
using Atelier.Networks;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier weights verify</c>: reads networks completely to check that they are usable.</summary>
internal static class WeightsVerifyCommand
{
    public static Command Create(Host host)
    {
        Argument<string[]> networks = new("NETWORK")
        {
            Description = "Names of networks from 'weights get', or weight files [default: all downloaded networks]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        networks.CompletionSources.Add([.. NetworkManifest.All.Select(manifest => manifest.Name)]);
        Command command = new("verify", "Read networks completely and report whether they are usable.") { networks };
        command.SetAction((ParseResult parse) => Run(host, parse.GetValue(networks) ?? []));
        return command;
    }

    private static int Run(Host host, string[] named)
    {
        bool allAreSound = true, isAny = false;
        foreach (VerifiedNetwork verified in WeightFiles.Verify(NetworkCache.ForCurrentUser(), named))
        {
            isAny = true;
            allAreSound &= Report(host, verified);
        }

        if (!isAny)
        {
            host.Error.WriteLine(
                "no published network has been downloaded; 'atelier weights list' shows which ones can be " +
                "downloaded.");
        }

        return allAreSound ? ExitCode.Done : ExitCode.Failed;
    }

    private static bool Report(Host host, VerifiedNetwork verified)
    {
        if (verified.Network is not ImportedNetwork recognized)
        {
            host.Out.WriteLine($"{verified.Name}  cannot be used: {verified.Problem}");
            return false;
        }

        host.Out.WriteLine($"{verified.Name}  sound: {WeightsCommand.Line(recognized)}");
        foreach (string warning in recognized.Warnings)
            host.Out.WriteLine($"{verified.Name}  but {warning}");
        return true;
    }
}
