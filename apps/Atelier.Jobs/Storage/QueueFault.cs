using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Atelier.Jobs.Storage;

/// <summary>Faults of databases in words that do not show how they are reached.</summary>
internal static class QueueFault
{
    /// <summary>Returns what to tell the user; null if the error is none of a database.</summary>
    internal static CodedException? Of(QueueAddress address, Exception error) => error switch
    {
        PostgresException { SqlState: "42501" } postgres => CodedException.Failed("queue.rights",
            $"the queue {address} refuses this role: {postgres.MessageText}.",
            "run 'atelier jobs setup --roles' once as the owner of the database, and grant this role atelier_worker " +
            "or atelier_client"),
        PostgresException { SqlState: "28P01" or "28000" } => CodedException.Failed("queue.rights",
            $"the queue {address} refuses this user name or password.",
            "set PGPASSWORD or PGPASSFILE, or the whole address in ATELIER_QUEUE"),
        PostgresException { SqlState: "3D000" } postgres => CodedException.Failed("queue.missing",
            $"the queue {address} does not exist: {postgres.MessageText}.", "create the database"),
        NpgsqlException { InnerException: null } npgsql when npgsql is not PostgresException
            && npgsql.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => CodedException.Failed(
                "queue.rights", $"the queue {address} needs a password.",
                "set PGPASSWORD or PGPASSFILE, or the whole address in ATELIER_QUEUE"),
        NpgsqlException { InnerException: SocketException or TimeoutException or IOException } => CodedException.Failed(
            "queue.unreachable", $"the queue {address} cannot be reached.",
            "check the address, and that PostgreSQL runs and accepts connections from here"),
        DbException database => CodedException.Failed(
            "queue.failed", $"the queue {address} failed: {database.Message.TrimEnd('.')}.", "try again"),
        _ => null,
    };
}
