using System.CommandLine;
using System.Net;
#if STUDIO
using Atelier.Cli.Commands.Queue;
using Atelier.Engine;
using Atelier.Studio.Hosting;
using Atelier.Studio.Storage;
using Atelier.Workshop.Engines;
#endif

namespace Atelier.Cli.Commands;

/// <summary><c>atelier studio</c>: opens a page in the browser in which one paints.</summary>
internal static class StudioCommand
{
    private const int MaxPort = 65_535;

    public static Command Create(Host host)
    {
        Option<int?> port = new("--port")
        {
            Description = "Port of the page; 0 takes any that is free (default 7317, or any if that is taken)",
            HelpName = "N",
        };
        Option<string> address = new("--host")
        {
            Description = "Address to listen on; any other than this machine's own requires the token that is shown",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        Option<string?> folder = new("--folder")
        {
            Description = "Folder of pictures and results (default: Atelier, in your folder of pictures)",
            HelpName = "DIR",
        };
        Option<bool> noBrowser = new("--no-browser") { Description = "Do not open the browser" };
        Command command = new("studio", "Paint in the browser, and steer while it paints.")
        {
            port, address, folder, noBrowser,
        };
        Option<string> engine = SharedOptions.Engine();
        command.Add(engine);
        QueueOptions queues = new(command, "The queue of paintings, for which workers paint elsewhere");
        command.SetAction((ParseResult parse) => Run(
            host, PortOf(parse.GetValue(port)), AddressOf(parse.GetValue(address)!), parse.GetValue(folder),
            parse.GetValue(engine)!, parse, queues, !parse.GetValue(noBrowser)));
        return command;
    }

    private static int? PortOf(int? port)
        => port is null or (>= 0 and <= MaxPort)
            ? port
            : throw CliException.Usage($"--port is {port}.", $"give a number from 0 to {MaxPort}.");

    private static IPAddress AddressOf(string text)
        => text == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(text, out IPAddress? address) ? address
            : throw CliException.Usage($"--host '{text}' is not an address.",
                "give a number like 192.168.1.20, or 0.0.0.0 for all addresses of this machine.");

#if STUDIO
    private static int Run(
        Host host, int? port, IPAddress address, string? folder, string engine, ParseResult parse, QueueOptions queues,
        bool opensBrowser)
    {
        StudioOptions options = new()
        {
            Port = port,
            Host = address,
            Folder = folder ?? StudioFolder.DefaultPath,
            Engine = EngineCatalog.Select(engine, EngineOptions.Default.Threads),
            Queue = QueueAccess.GivenAddress(host, parse, queues),
        };
        RunAsync(host, options, opensBrowser).GetAwaiter().GetResult();
        return ExitCode.Done;
    }

    private static async Task RunAsync(Host host, StudioOptions options, bool opensBrowser)
    {
        await using StudioHost studio = await StudioHost.StartAsync(
            options, error => host.Error.WriteLine($"studio: {error}"), host.Interrupt);
        host.Out.WriteLine(studio.Address.AbsoluteUri);
        host.Error.WriteLine($"pictures and results: {studio.Folder.FullPath}");
        host.Error.WriteLine("press Ctrl+C to stop the studio");
        if (opensBrowser && !Browser.Open(studio.Address))
        {
            host.Error.WriteLine("no browser was found; open the address above in one");
        }

        try
        {
            await Task.Delay(Timeout.Infinite, host.Interrupt);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how a studio ends.
        }
    }
#else
    private static int Run(
        Host host, int? port, IPAddress address, string? folder, string engine, ParseResult parse, QueueOptions queues,
        bool opensBrowser)
        => throw CliException.Usage("this program does not contain the studio, which is in the tool.",
            "install it with 'dotnet tool install --global Atelier.Cli --prerelease'.");
#endif
}
