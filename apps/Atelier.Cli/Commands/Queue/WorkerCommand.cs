using System.CommandLine;
using System.Globalization;
using Atelier.Jobs;
using Atelier.Jobs.Workers;
using Atelier.Workshop.Engines;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier worker</c>: paints the jobs of a queue until it is told to end.</summary>
internal static class WorkerCommand
{
    private const int MaxPort = 65_535;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    public static void AddTo(Command command, Host host)
    {
        Option<int> slots = SharedOptions.Whole("--slots", "How many jobs run at once; they share the threads", 1, 64);
        slots.DefaultValueFactory = _ => 1;
        Option<string> engine = SharedOptions.Engine();
        Option<int> threads = SharedOptions.Threads();
        Option<int> checkIn = SharedOptions.Whole(
            "--check-in", "Seconds between the signs of life of a worker; others take over its jobs after about four " +
                "times as many", 1, 600);
        checkIn.DefaultValueFactory = _ => (int)WorkerOptions.Default.CheckInInterval.TotalSeconds;
        Option<bool> once = new("--once")
        {
            Description = "End when no job is queued or runs; exit code 1 if one failed",
        };
        Option<bool> quiet = SharedOptions.Quiet();
        Option<int?> health = new("--health")
        {
            Description = "Answer GET /health on this port: 200, or 503 when the queue has not answered for 15 s",
            HelpName = "PORT",
        };
        foreach (Option option in (Option[])[slots, engine, threads, checkIn, once, health, quiet])
            command.Add(option);
        QueueOptions queues = new(command);
        command.SetAction((ParseResult parse) => QueueAccess.Run(host, parse, queues, queue => RunAsync(
            host, queue,
            new WorkerOptions
            {
                Slots = parse.GetValue(slots),
                CheckInInterval = TimeSpan.FromSeconds(parse.GetValue(checkIn)),
                Engine = EngineCatalog.Select(parse.GetValue(engine)!, parse.GetValue(threads)),

                // A signal gives the jobs back, and does not fail them.
                Context = host.CreateContext(quiet: true) with { Cancel = CancellationToken.None },
            },
            parse.GetValue(once), PortOf(parse.GetValue(health)), parse.GetValue(quiet))));
    }

    private static async Task<int> RunAsync(
        Host host, JobQueue queue, WorkerOptions options, bool isOnce, int? healthPort, bool isQuiet)
    {
        WorkerLog log = new(host, isQuiet);
        using Telemetry telemetry = new(host);
        await using (Worker worker = await Worker.StartAsync(
            queue, options with { Follow = log.Follow, Report = log.Warn }, host.Interrupt))
        {
            using HealthEndpoint? health = healthPort is int port ? new HealthEndpoint(worker, port) : null;
            log.Say($"{worker.Name} works for the queue {queue.Address}; press Ctrl+C to end");
            try
            {
                while (!isOnce || await IsBusyAsync(queue, host.Interrupt))
                    await Task.Delay(isOnce ? LookInterval : Timeout.InfiniteTimeSpan, host.Interrupt);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C and SIGTERM are how a worker ends.
            }
        }

        return isOnce && log.Failed > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static int? PortOf(int? port) => port is null or (> 0 and <= MaxPort)
        ? port
        : throw CliException.Usage($"--health is {port}.", $"give a port from 1 to {MaxPort}.");

    private static async Task<bool> IsBusyAsync(JobQueue queue, CancellationToken cancel)
    {
        foreach (JobState state in (JobState[])[JobState.Queued, JobState.Running])
        {
            if ((await queue.ListAsync(new JobFilter { State = state, Count = 1 }, cancel)).Count > 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a worker says on standard error; its jobs speak at the same time.</summary>
internal sealed class WorkerLog(Host host, bool isQuiet)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _running = [];

    /// <summary>How many jobs have failed.</summary>
    public int Failed { get; private set; }

    /// <summary>Says what has become of a job.</summary>
    public void Follow(Job job)
    {
        bool isBegun;
        lock (_lock)
        {
            Failed += job.State == JobState.Failed ? 1 : 0;
            isBegun = _running.Add(job.Id) || !_running.Remove(job.Id);
        }

        Say(JobText.Plain($"{job.Id}  {job.Name}  {job.State switch
        {
            JobState.Running when !isBegun => $"taken over by {job.Worker}",
            JobState.Running when job.Attempts > 1 =>
                $"begun, attempt {job.Attempts.ToString(CultureInfo.InvariantCulture)}",
            JobState.Running => "begun",
            JobState.Queued => job.Activity ?? "given back",
            JobState.Done => $"done, {JobText.RunOf(job, host.Clock.GetUtcNow())}",
            JobState.Failed => $"failed: {job.Failure?.Message}",
            _ => JobText.StateOf(job),
        }}"));
    }

    /// <summary>Says something, unless only warnings are wanted.</summary>
    public void Say(string line)
    {
        if (!isQuiet)
        {
            Write(line);
        }
    }

    /// <summary>Says what goes wrong.</summary>
    public void Warn(string fault) => Write($"worker: {fault}");

    private void Write(string line)
    {
        lock (_lock)
        {
            host.Error.WriteLine(line);
        }
    }
}
