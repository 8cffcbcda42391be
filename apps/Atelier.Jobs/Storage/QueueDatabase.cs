using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Atelier.Jobs.Storage;

/// <summary>The database of a queue. What is run in it is run again after a fault that passes, such as a server that
/// restarts, so it must be safe to run twice.</summary>
internal sealed class QueueDatabase : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100),
        LongestPause = TimeSpan.FromSeconds(3);

    private readonly DbDataSource _source, _lightSource;
    private readonly ConditionalWeakTable<DbTransaction, List<JobNews>> _untold = [];
    private readonly TimeSpan _patience;
    private readonly TimeProvider _clock;

    /// <param name="address">Where it is.</param>
    /// <param name="patience">For how long an operation is tried again after faults that may pass.</param>
    /// <param name="clock">Measures that time.</param>
    internal QueueDatabase(QueueAddress address, TimeSpan patience, TimeProvider clock)
    {
        (Address, News, _patience, _clock) = (address, new QueueNews(address), patience, clock);
        _source = IsShared
            ? NpgsqlDataSource.Create(address.Connection)
            : new FolderSource(address.Connection, isDurable: true);
        _lightSource = IsShared ? _source : new FolderSource(address.Connection, isDurable: false);
    }

    /// <summary>Where it is.</summary>
    internal QueueAddress Address { get; }

    /// <summary>Whether it is PostgreSQL, and not a file.</summary>
    internal bool IsShared => Address.IsShared;

    /// <summary>What happens to the jobs.</summary>
    internal QueueNews News { get; }

    /// <summary>Runs something in a transaction of its own. When this returns, it survives a loss of power.</summary>
    /// <exception cref="DbException">The database refuses it, or could not be reached for too long.</exception>
    internal Task<T> RunAsync<T>(Func<DbConnection, DbTransaction, Task<T>> operation, CancellationToken cancel)
        => RunAsync(_source, BeginAsync, operation, cancel);

    /// <summary>Runs something in a transaction of its own that a loss of power may undo in a folder, because it is the
    /// same as if the process had been killed a moment earlier: nobody has been told, and no file was deleted for
    /// it.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{DbConnection, DbTransaction, Task{T}}, CancellationToken)"/>
    internal Task<T> RunLightlyAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> operation, CancellationToken cancel)
        => RunAsync(_lightSource, BeginAsync, operation, cancel);

    /// <summary>Reads something in a transaction of its own, which waits for no writer of a folder.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{DbConnection, DbTransaction, Task{T}}, CancellationToken)"/>
    internal Task<T> ReadAsync<T>(Func<DbConnection, DbTransaction, Task<T>> operation, CancellationToken cancel)
        => RunAsync(_lightSource, BeginReadingAsync, operation, cancel);

    private static ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancel)
        => connection.BeginTransactionAsync(cancel);

    private static ValueTask<DbTransaction> BeginReadingAsync(DbConnection connection, CancellationToken cancel)
        => connection is SqliteConnection file
            ? ValueTask.FromResult<DbTransaction>(file.BeginTransaction(deferred: true))
            : connection.BeginTransactionAsync(cancel);

    private async Task<T> RunAsync<T>(
        DbDataSource source, Func<DbConnection, CancellationToken, ValueTask<DbTransaction>> begin,
        Func<DbConnection, DbTransaction, Task<T>> operation, CancellationToken cancel)
    {
        long start = _clock.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await using DbConnection connection = await source.OpenConnectionAsync(cancel);
                await using DbTransaction transaction = await begin(connection, cancel);

                // A driver may use the object of the last transaction again.
                List<JobNews> news = [];
                _untold.AddOrUpdate(transaction, news);
                T result = await operation(connection, transaction);
                if (IsShared && news.Count > 0)
                {
                    await connection.ExecuteAsync(
                        "select pg_notify(@Channel, payload) from unnest(@payloads) as payload",
                        new { NewsListener.Channel, payloads = news.ConvertAll(each => each.ToPayload()).ToArray() },
                        transaction);
                }

                await transaction.CommitAsync(cancel);
                if (!IsShared)
                {
                    news.ForEach(News.Tell);
                }

                return result;
            }
            catch (Exception error) when (MayPass(error) && _clock.GetElapsedTime(start) < _patience)
            {
                await Task.Delay(pause, _clock, cancel);
            }
        }
    }

    /// <summary>Tells of something when the transaction in which it happens is committed, and not otherwise.</summary>
    internal void Tell(DbTransaction transaction, JobNews news) => _untold.GetOrCreateValue(transaction).Add(news);

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
    public async ValueTask DisposeAsync()
    {
        await News.DisposeAsync();
        await _source.DisposeAsync();
        await _lightSource.DisposeAsync();
    }
}
