using System.CommandLine;
using Atelier.Jobs;
using Atelier.Jobs.Workers;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier worker</c>: paints the jobs of a queue until it is told to end.</summary>
internal static class WorkerCommand
{
    public static Command Create(Host host)
    {
        Option<int> slots = SharedOptions.Whole("--slots", "How many jobs run at once; they share the threads", 1, 64);
        slots.DefaultValueFactory = _ => 1;
        Option<int> threads = SharedOptions.Threads();
        Option<int> checkIn = SharedOptions.Whole(
            "--check-in", "Seconds between the signs of life of a worker; others take over its jobs after about four times " +
                "as many", 1, 600);
        checkIn.DefaultValueFactory = _ => (int)WorkerOptions.Default.CheckInInterval.TotalSeconds;
        Command command = new("worker", "Paint the jobs of a queue.") { slots, threads, checkIn };
        QueueOptions queues = new(command);
        command.SetAction((ParseResult parse) => RunAsync(host, parse, queues, new WorkerOptions
        {
            Slots = parse.GetValue(slots),
            CheckInInterval = TimeSpan.FromSeconds(parse.GetValue(checkIn)),
            Engine = new() { Threads = parse.GetValue(threads) },
            Report = fault => host.Error.WriteLine($"worker: {fault}"),
        }).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> RunAsync(Host host, ParseResult parse, QueueOptions queues, WorkerOptions options)
    {
        await using JobQueue queue = await queues.OpenAsync(host, parse);
        await using Worker worker = await Worker.StartAsync(
            queue, options with { Context = host.CreateContext(quiet: true) with { Cancel = default } }, host.Interrupt);
        host.Error.WriteLine($"{worker.Name} works for the queue {queue.Address}; press Ctrl+C to end");
        try
        {
            await Task.Delay(Timeout.Infinite, host.Interrupt);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how a worker ends.
        }

        return ExitCode.Done;
    }
}
