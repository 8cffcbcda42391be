using System.Diagnostics;
using System.Globalization;
using Atelier.Jobs.Workers;

namespace Atelier.Jobs.Tests;

/// <summary>A worker in a process of its own that never gives a job up, and that kills itself where it is told
/// to.</summary>
/// <param name="address">The queue.</param>
/// <param name="end">The step of its first job at which it kills itself.</param>
/// <param name="pace">For how many milliseconds it rests at each iteration, so that a job takes long and the processor
/// is free for others.</param>
internal sealed class TestWorker(string address, string end = "", int pace = 0)
{
    private const string Deadly = "deadly-";
    private const int JobsToAdd = 4;

    private int _turns, _lastTurn;

    /// <summary>Names a job that kills its first worker.</summary>
    /// <param name="turn">When: 1 is before the first iteration, 2 after it.</param>
    internal static string NameOfDeadly(int turn) => $"{Deadly}{turn.ToString(CultureInfo.InvariantCulture)}.png";

    /// <summary>Works until it is killed.</summary>
    internal async Task<int> WorkAsync()
    {
        await using JobQueue queue = await JobQueue.OpenAsync(QueueAddress.Parse(address), default);
        await using Worker worker = await Worker.StartAsync(queue, Options, default);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    /// <summary>Waits until the folder has no worker, works, and tells which jobs it has added.</summary>
    internal async Task<int> WorkAndAddAsync()
    {
        await using TestQueue queue = await TestQueue.OpenAsync(address);
        Worker? worker = null;
        while (worker is null)
        {
            try
            {
                worker = await Worker.StartAsync(queue.Queue, Options, default);
            }
            catch (CodedException error) when (error.Code == "worker.second")
            {
                await Task.Delay(10);
            }
        }

        for (int i = 0; i < JobsToAdd; i++)
        {
            Console.WriteLine((await queue.AddAsync(2)).Id);
            await Task.Delay(50);
        }

        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private WorkerOptions Options => new()
    {
        CheckInInterval = TimeSpan.FromSeconds(1),
        Engine = new() { Threads = 1 },
        MaxAttempts = 1000,
        Follow = job => (_turns, _lastTurn) = (0, job.Attempts == 1 ? TurnOf(job.Name) : 0),
        WaitForTurn = _ =>
        {
            Thread.Sleep(pace);
            KillIf(++_turns == _lastTurn);
        },
        Passing = step =>
        {
            KillIf(step.ToString() == end);
            return Task.CompletedTask;
        },
    };

    private static int TurnOf(string name) => name.StartsWith(Deadly, StringComparison.Ordinal)
        ? int.Parse(Path.GetFileNameWithoutExtension(name)[Deadly.Length..], CultureInfo.InvariantCulture) : 0;

    // Nothing is written or closed, unlike at a regular end.
    private static void KillIf(bool isTime)
    {
        if (isTime)
        {
            using Process kill = Process.Start(
                "kill", ["-9", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
