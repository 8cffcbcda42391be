using System.CommandLine;
using Atelier.Jobs;
using Atelier.Jobs.Blobs;
using Atelier.Studio.Storage;

namespace Atelier.Cli.Commands.Queue;

/// <summary>Opens the queue of a command.</summary>
internal static class QueueAccess
{
    // A person who waits longer wants to know for what.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    /// <summary>Does something with the queue, and words the errors of its database.</summary>
    /// <exception cref="CliException">The address is not usable.</exception>
    /// <exception cref="CodedException">The queue cannot be used.</exception>
    public static int Run(Host host, ParseResult parse, QueueOptions options, Func<JobQueue, Task<int>> action)
        => RunAsync(host, AddressOf(host, parse, options), action).GetAwaiter().GetResult();

    /// <summary>Returns who adds jobs.</summary>
    public static string OwnerOf(string? given)
        => given ?? (BlobKey.IsOwner(Environment.UserName) ? Environment.UserName : "user");

    /// <summary>Returns where the queue of a command is.</summary>
    /// <exception cref="CliException">The address is not usable.</exception>
    public static QueueAddress AddressOf(Host host, ParseResult parse, QueueOptions options)
        => GivenAddress(host, parse, options) ?? QueueAddress.Parse(StudioFolder.DefaultPath, options.Blobs(parse));

    /// <summary>Returns where the queue is by the command line or the environment; null if neither names one.</summary>
    /// <exception cref="CliException">The address is not usable.</exception>
    public static QueueAddress? GivenAddress(Host host, ParseResult parse, QueueOptions options)
    {
        string? given = options.Address(parse);
        if (given is not null && QueueAddress.HasPassword(given))
        {
            throw CliException.Usage("--queue contains a password, which everybody on this machine could read.",
                $"put the address into {QueueOptions.Variable}, or the password into PGPASSWORD or a file named by " +
                "PGPASSFILE.");
        }

        if (given is not null && string.IsNullOrWhiteSpace(given))
        {
            throw CliException.Usage("--queue is empty.", "name a folder or a PostgreSQL database.");
        }

        string? text = given ?? host.Variable(QueueOptions.Variable);
        QueueAddress? address = string.IsNullOrWhiteSpace(text) ? null : QueueAddress.Parse(text, options.Blobs(parse));
        return File.Exists(address?.Folder)
            ? throw CliException.Usage($"the queue '{text}' is a file, but a folder is needed.",
                "name a folder, or write --queue after the pictures.")
            : address;
    }

    private static async Task<int> RunAsync(Host host, QueueAddress address, Func<JobQueue, Task<int>> action)
    {
        await using JobQueue queue = await OpenAsync(host, address);
        try
        {
            return await action(queue);
        }
        catch (Exception error) when (queue.Explain(error) is CodedException fault)
        {
            throw fault;
        }
    }

    private static async Task<JobQueue> OpenAsync(Host host, QueueAddress address)
    {
        Task<JobQueue> opening = JobQueue.OpenAsync(address, host.Interrupt);
        if (await Task.WhenAny(opening, Task.Delay(Silence)) != opening)
        {
            host.Error.WriteLine($"waiting for the queue {address}, which does not answer yet; press Ctrl+C to end");
        }

        return await opening;
    }
}
