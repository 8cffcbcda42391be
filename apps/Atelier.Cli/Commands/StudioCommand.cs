using System.CommandLine;
using System.Net;
#if STUDIO
using Atelier.Jobs;
using Atelier.Studio.Hosting;
using Atelier.Studio.Storage;
#endif

namespace Atelier.Cli.Commands;

/// <summary><c>atelier studio</c>: opens a page in the browser in which one paints.</summary>
internal static class StudioCommand
{
    private const int MaxPort = 65_535;

    // It may contain a password.
    private const string QueueVariable = "ATELIER_QUEUE";

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
        Option<string?> queue = new("--queue")
        {
            Description = "The queue of paintings: a folder, or a PostgreSQL database as " +
                "'Host=db;Database=atelier;Username=painter', for which workers paint elsewhere " +
                $"[default: {QueueVariable}, or else DIR of --folder]",
            HelpName = "WHERE",
        };
        Option<string?> blobs = new("--blobs")
        {
            Description =
                "A folder that all machines share, for the files of a PostgreSQL queue [default: the database]",
            HelpName = "DIR",
        };
        Command command = new("studio", "Paint in the browser, and steer while it paints.")
        {
            port, address, folder, queue, blobs, noBrowser,
        };
        command.SetAction((ParseResult parse) => Run(
            host, PortOf(parse.GetValue(port)), AddressOf(parse.GetValue(address)!), parse.GetValue(folder),
            parse.GetValue(queue), parse.GetValue(blobs), !parse.GetValue(noBrowser)));
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
        Host host, int? port, IPAddress address, string? folder, string? queue, string? blobs, bool opensBrowser)
    {
        StudioOptions options = new()
        {
            Port = port,
            Host = address,
            Folder = folder ?? StudioFolder.DefaultPath,
            Queue = QueueOf(queue, blobs),
        };
        RunAsync(host, options, opensBrowser).GetAwaiter().GetResult();
        return ExitCode.Done;
    }

    /// <summary>The address of the queue; null for that of the studio's folder.</summary>
    private static QueueAddress? QueueOf(string? given, string? blobs)
    {
        if (given is not null && QueueAddress.HasPassword(given))
        {
            throw CliException.Usage("--queue contains a password, which everybody on this machine could read.",
                $"put the address into {QueueVariable}, or the password into PGPASSWORD or a file named by " +
                "PGPASSFILE.");
        }

        string? text = given ?? Environment.GetEnvironmentVariable(QueueVariable);
        return string.IsNullOrWhiteSpace(text) ? null : QueueAddress.Parse(text, blobs);
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
        Host host, int? port, IPAddress address, string? folder, string? queue, string? blobs, bool opensBrowser)
        => throw CliException.Usage("this program does not contain the studio, which is in the tool.",
            "install it with 'dotnet tool install --global Atelier.Cli --prerelease'.");
#endif
}
