using Microsoft.Data.Sqlite;

namespace Atelier.Jobs.Tests;

/// <summary>Programs that add to a folder and work for it, as the studio does, killed at any point.</summary>
public sealed class EmbeddedKillTests(Postgres postgres)
{
    private const int Kills = 20, Seed = 6, LongestLife = 900;

    [Fact]
    public async Task WhateverIsKilled_AcknowledgedJobsRun_AndTheFileStaysSound()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        Random random = new(Seed);
        List<string> acknowledged = [];
        using WorkerProcesses processes = new(() => WorkerProcess.Embedded(queue.Address));
        processes.Start();
        for (int kill = 0; kill < Kills; kill++)
        {
            // Every other one is killed while it starts, and the rest when some of its jobs are acknowledged.
            WorkerProcess embedded = processes.Living.Single();
            if (kill % 2 == 0)
            {
                await embedded.WaitForLineAsync();
            }

            // The next one waits for this one's end.
            processes.Start();
            int life = random.Next(LongestLife);
            await Task.Delay(life);
            embedded.Kill();
            acknowledged.AddRange(embedded.Lines.Where(line => line.Length > 0));
            string soundness = await CheckAsync(Path.Combine(queue.Address, QueueAddress.FileName));
            Assert.True(soundness == "ok", $"kill {kill} after {life} ms, seed {Seed}: {soundness}");
        }

        Assert.True(acknowledged.Count >= Kills / 2);
        foreach (string id in acknowledged)
        {
            Job job = await queue.Queue.FindAsync(id, default);
            await queue.ResultAsync(job);
            Assert.Equal(1, await queue.CountAsync(job, "done"));
        }
    }

    private static async Task<string> CheckAsync(string path)
    {
        await using SqliteConnection connection = new($"Data Source={path};Pooling=false");
        await connection.OpenAsync();
        await using SqliteCommand command = new("pragma integrity_check", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
