using Microsoft.Data.Sqlite;

namespace Atelier.Jobs.Tests;

/// <summary>Workers of a folder and programs that add to it, killed at any point.</summary>
public sealed class EmbeddedKillTests(Postgres postgres)
{
    private const int Kills = 8;

    [Fact]
    public async Task WhateverIsKilled_AcknowledgedJobsRun_AndTheFileStaysSound()
    {
        await using TestQueue queue = await TestQueue.CreateAsync(QueueKind.Folder, postgres);
        Random random = new(1);
        List<Job> acknowledged = [];
        for (int i = 0; i < Kills; i++)
        {
            using WorkerProcess worker = WorkerProcess.Tireless(queue.Address);
            acknowledged.Add(await queue.AddAsync(3));
            acknowledged.Add(await queue.AddAsync(30));
            while (!(await queue.Queue.WorkersAsync(default)).Any(now
                => now.Id.Contains($"-{worker.Id}-", StringComparison.Ordinal)))
                await Task.Delay(20);
            await Task.Delay(random.Next(1500));
            worker.Kill();
            Assert.Equal("ok", await CheckAsync(Path.Combine(queue.Address, QueueAddress.FileName)));
        }

        using WorkerProcess last = WorkerProcess.Tireless(queue.Address);
        foreach (Job job in acknowledged)
        {
            await queue.ResultAsync(job);
            Assert.Equal(1, await queue.CountAsync(job, "done"));
        }
    }

    private static async Task<string?> CheckAsync(string path)
    {
        await using SqliteConnection connection = new($"Data Source={path};Pooling=false");
        await connection.OpenAsync();
        await using SqliteCommand command = new("pragma integrity_check", connection);
        return (string?)await command.ExecuteScalarAsync();
    }
}
