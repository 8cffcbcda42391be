using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Atelier.Jobs.Storage;

/// <summary>The database of a queue. What is run in it is run again after a fault that passes, such as a server that
/// restarts, so it must be safe to run twice.</summary>
internal sealed class QueueDatabase : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100),
        LongestPause = TimeSpan.FromSeconds(3);

    private readonly DbDataSource _source;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _clock;

    /// <param name="address">Where it is.</param>
    /// <param name="patience">For how long an operation is tried again after faults that may pass.</param>
    /// <param name="clock">Measures that time.</param>
    internal QueueDatabase(QueueAddress address, TimeSpan patience, TimeProvider clock)
    {
        (IsShared, _patience, _clock) = (address.IsShared, patience, clock);
        _source = IsShared
            ? NpgsqlDataSource.Create(address.Connection)
            : SqliteFactory.Instance.CreateDataSource(address.Connection);
    }

    /// <summary>Whether it is PostgreSQL, and not a file.</summary>
    internal bool IsShared { get; }

    /// <summary>Runs something in a transaction of its own.</summary>
    /// <exception cref="DbException">The database refuses it, or could not be reached for too long.</exception>
    internal async Task<T> RunAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> operation, CancellationToken cancel)
    {
        long start = _clock.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using DbConnection connection = await _source.OpenConnectionAsync(cancel);
                await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
                T result = await operation(connection, transaction);
                await transaction.CommitAsync(cancel);
                return result;
            }
            catch (Exception error) when (MayPass(error) && _clock.GetElapsedTime(start) < _patience)
            {
                await Task.Delay(pause, _clock, cancel);
            }
        }
    }

    /// <summary>Opens a connection for what needs no transaction.</summary>
    internal async Task<DbConnection> OpenAsync(CancellationToken cancel) => await _source.OpenConnectionAsync(cancel);

    /// <summary>Whether an operation that failed with this error may succeed later.</summary>
    internal static bool MayPass(Exception error) => error switch
    {
        // A server that is starting or ending is as good as one that cannot be reached; and on a busy machine, it may
        // take this program for lost in the middle of a transaction.
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "25P03" } => true,
        NpgsqlException npgsql => npgsql.IsTransient,
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6,
        DbException database => database.IsTransient,
        TimeoutException => true,
        _ => false,
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
