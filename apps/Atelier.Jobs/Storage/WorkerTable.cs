using Dapper;

namespace Atelier.Jobs.Storage;

/// <summary>The workers and their signs of life.</summary>
internal sealed class WorkerTable(QueueDatabase database)
{
    /// <summary>Gives a sign of life.</summary>
    internal Task<int> BeatAsync(
        string id, string machine, int slots, int running, double processor, long memory, CancellationToken cancel)
        => database.RunLightlyAsync((connection, transaction) => connection.ExecuteAsync(
            """
            insert into atelier_workers (id, machine, started, seen, slots, running, processor, memory)
            values (@id, @machine, {now}, {now}, @slots, @running, @processor, @memory)
            on conflict (id) do update set seen = {now}, slots = @slots, running = @running, processor = @processor,
              memory = @memory
            """.ForDialect(database), new { id, machine, slots, running, processor, memory }, transaction), cancel);

    /// <summary>Says goodbye.</summary>
    internal Task<int> RemoveAsync(string id, CancellationToken cancel) => database.RunLightlyAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "delete from atelier_workers where id = @id", new { id }, transaction), cancel);

    /// <summary>Lists them, also those that were lost within the last day.</summary>
    internal Task<IReadOnlyList<WorkerInfo>> ListAsync(CancellationToken cancel) => database.ReadAsync(
        async (connection, transaction) =>
        {
            IEnumerable<WorkerRow> rows = await connection.QueryAsync<WorkerRow>(
                """
                select id, machine, started, seen, {now} - seen as silence, slots, running, processor, memory
                from atelier_workers order by machine, started
                """.ForDialect(database), transaction: transaction);
            return (IReadOnlyList<WorkerInfo>)[.. rows.Select(row => new WorkerInfo(
                row.Id, row.Machine, DateTimeOffset.FromUnixTimeMilliseconds(row.Started),
                TimeSpan.FromMilliseconds(row.Silence), row.Slots, row.Running, row.Processor, row.Memory))];
        }, cancel);

    private sealed class WorkerRow
    {
        public string Id { get; init; } = "";

        public string Machine { get; init; } = "";

        public long Started { get; init; }

        public long Silence { get; init; }

        public int Slots { get; init; }

        public int Running { get; init; }

        public double Processor { get; init; }

        public long Memory { get; init; }
    }
}
