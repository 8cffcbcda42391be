using Atelier.Jobs.Workers;
using Dapper;

namespace Atelier.Benchmarks;

/// <summary>What jobs that are over take in the database, and what it takes to remove them.</summary>
internal static class JobsSpace
{
    private const int Count = 100_000, ResultSize = 3000;

    private static readonly TimeSpan Age = TimeSpan.FromDays(30);

    internal static async Task RunAsync(PostgresServer? server)
    {
        MarkdownTable table = new("queue", "database, kB a job", "the same after retention",
            "after as many jobs again", $"seconds of retention for {Count} jobs and results");
        await MeasureAsync(table, null);
        if (server is not null)
        {
            await MeasureAsync(table, server);
        }
    }

    private static async Task MeasureAsync(MarkdownTable table, PostgresServer? server)
    {
        await using MeasuredQueue queue = await MeasuredQueue.CreateAsync(server);
        string job;
        await using (await Jobs.Workers.Worker.StartAsync(queue.Queue, WorkerOptions.Default, default))
        {
            job = (await queue.AddAsync(1, side: 32, iterations: 1))[0];
            await queue.WaitAsync(job, now => now.IsOver);
        }

        double empty = await SizeAsync(queue);
        await FillAsync(queue, job);
        double full = await SizeAsync(queue) - empty,
            seconds = Fastest.Time(() => new Retention(queue.Queue, Age).RunAsync(default).GetAwaiter().GetResult());
        await VacuumAsync(queue);
        double tidy = await SizeAsync(queue) - empty;
        await FillAsync(queue, job);
        double again = await SizeAsync(queue) - empty;
        string KilobytesOf(double size) => $"{size / 1e3 / Count:F2}";
        table.Add(server is null ? "folder" : "PostgreSQL, without results", KilobytesOf(full), KilobytesOf(tidy),
            KilobytesOf(again), $"{seconds:F0}");
    }

    /// <summary>Copies a job that is done, with its log, as if it had ended long ago, and each time with another
    /// result.</summary>
    private static async Task FillAsync(MeasuredQueue queue, string job)
    {
        bool isFile = queue.Queue.Address.Folder is not null;
        string digest = isFile ? "printf('%02x%062x', n % 256, n)"
            : "lpad(to_hex(n % 256), 2, '0') || lpad(to_hex(n), 62, '0')";
        string copies = $"numbers as (select cast('old' || n as text) as copy, n, {digest} as digest from counted)";
        string numbers =
            $"with recursive counted(n) as (select 1 union all select n + 1 from counted where n < {Count}), {copies}";
        string stored = isFile ? "" :
            $"""
            {numbers} insert into atelier_blobs (owner, sha256, chunks, stored)
            select 'bench', digest, copy, 0 from numbers;
            {numbers} insert into atelier_chunks (chunks, number, bytes, stored)
            select copy, 0, decode(repeat(md5(n::text), {ResultSize / 16}), 'hex'), 0 from numbers;
            """;
        await ExecuteAsync(queue,
            $"""
            {numbers} insert into atelier_jobs (id, kind, name, owner, priority, specification, state, fence, attempts,
              progress, worker, created, started, ended, output)
            select copy, kind, name, owner, priority, specification, state, fence, attempts,
              progress, worker, 0, 0, n, owner || '/' || digest from atelier_jobs, numbers where id = @job;
            {numbers} insert into atelier_job_log (job, at, worker, line)
            select copy, at, worker, line from atelier_job_log, numbers where job = @job;
            {numbers} insert into atelier_job_blobs (job, owner, sha256)
            select copy, owner, sha256 from atelier_job_blobs, numbers where job = @job and sha256 in (
              select sha256 from atelier_job_blobs as input where job = @job
              and not exists (select 1 from atelier_jobs where id = @job and output = owner || '/' || input.sha256));
            {numbers} insert into atelier_job_blobs (job, owner, sha256) select copy, 'bench', digest from numbers;
            {stored}
            """, new { job });
        if (isFile)
        {
            StoreFiles(Path.Combine(queue.Address, "blobs", "bench"));
        }
    }

    private static void StoreFiles(string folder)
    {
        byte[] bytes = new byte[ResultSize];
        for (int i = 0; i < 256; i++)
            Directory.CreateDirectory(Path.Combine(folder, $"{i:x2}"));
        for (int n = 1; n <= Count; n++)
        {
            string path = Path.Combine(folder, $"{n % 256:x2}", $"{n % 256:x2}{n:x62}");
            File.WriteAllBytes(path, bytes);
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        }
    }

    private static async Task<double> SizeAsync(MeasuredQueue queue)
    {
        if (queue.Queue.Address.Folder is string folder)
        {
            await using System.Data.Common.DbConnection connection = await queue.Queue.Database.OpenAsync(default);
            await connection.ExecuteAsync("pragma wal_checkpoint(truncate)");
            return new FileInfo(Path.Combine(folder, Jobs.QueueAddress.FileName)).Length;
        }

        return await queue.Queue.Database.RunAsync((connection, transaction) => connection.QuerySingleAsync<long>(
            "select cast(sum(pg_total_relation_size(oid)) as bigint) from pg_class " +
            "where relkind = 'r' and relname like 'atelier%' and relname <> 'atelier_chunks'",
            transaction: transaction), default);
    }

    /// <summary>As PostgreSQL does itself within minutes.</summary>
    private static async Task VacuumAsync(MeasuredQueue queue)
    {
        if (queue.Queue.Address.IsShared)
        {
            await using System.Data.Common.DbConnection connection = await queue.Queue.Database.OpenAsync(default);
            await connection.ExecuteAsync("vacuum analyze", commandTimeout: 0);
        }
    }

    private static Task<int> ExecuteAsync(MeasuredQueue queue, string sql, object parameters)
        => queue.Queue.Database.RunAsync((connection, transaction)
            => connection.ExecuteAsync(sql, parameters, transaction, commandTimeout: 0), default);
}
