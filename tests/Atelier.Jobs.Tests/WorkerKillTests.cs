using System.Diagnostics;

namespace Atelier.Jobs.Tests;

/// <summary>Workers that are killed while another lives.</summary>
public sealed class WorkerKillTests(Postgres postgres)
{
    [Fact]
    public async Task AWorkerKilledAtAnyStep_IsReplacedByALivingOne_AndTheResultIsTheSame()
    {
        const int Seed = 1, Iterations = 100, Pace = 40, Late = 60, Living = 2;
        Random random = new(Seed);

        // Before anything is painted, before or while the first checkpoint is stored, and late.
        int[] turns = [1, .. Turns(2, 2, 20), .. Turns(3, Late, Iterations)];
        IEnumerable<int> Turns(int count, int from, int to)
            => Enumerable.Range(0, count).Select(_ => random.Next(from, to)).ToArray();
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Postgres, postgres);
        using WorkerProcesses workers = new(() => WorkerProcess.Tireless(queue.Address, pace: Pace));
        workers.Start();
        workers.Start();
        byte[] expected = await queue.ResultAsync(await queue.AddAsync(Iterations));
        foreach (int turn in turns)
        {
            string kill = $"killed at turn {turn} of {string.Join(", ", turns)}, seed {Seed}";
            await queue.WaitForWorkersAsync(workers.Living);
            Job job = await queue.AddAsync(Iterations, name: TestWorker.NameOfDeadly(turn));
            string killed = (await queue.WaitAsync(job, now => now.Attempts == 1)).Worker!;
            await queue.WaitAsync(job, _ => workers.Living.Count() < Living);
            long start = Stopwatch.GetTimestamp();
            workers.Start();
            Job resumed = await queue.WaitAsync(job, now => now.Attempts > 1);
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), kill);
            Assert.NotEqual(killed, resumed.Worker);
            byte[] result = await queue.ResultAsync(job);
            Assert.True(expected.AsSpan().SequenceEqual(result), kill);
            Assert.Equal(2, (await queue.Queue.FindAsync(job.Id, default)).Attempts);
            Assert.InRange(await queue.CountAsync(job, "begun, from its last checkpoint"),
                turn >= Late ? 1 : 0, turn == 1 ? 0 : 1);
        }
    }
}
