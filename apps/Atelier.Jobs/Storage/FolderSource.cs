using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Atelier.Jobs.Storage;

/// <summary>Connections to the file of a folder's queue.</summary>
/// <param name="connection">How it is opened.</param>
/// <param name="isDurable">Whether what is committed survives even a loss of power. If not, the last moments before one
/// may be lost, in their order, so that the file is as it was a moment earlier; a killed process loses nothing. It
/// costs no wait for the disk.</param>
internal sealed class FolderSource(string connection, bool isDurable) : DbDataSource
{
    // SQLite waits for its one writer by short pauses at first. Without this, the driver would pause for 150 ms.
    private const int BusyMilliseconds = 10_000;

    /// <inheritdoc/>
    public override string ConnectionString => connection;

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new Connection(connection,
        $"pragma busy_timeout = {BusyMilliseconds}; pragma synchronous = {(isDurable ? "full" : "normal")}");

    private sealed class Connection(string connection, string settings) : SqliteConnection(connection)
    {
        public override void Open()
        {
            base.Open();
            using SqliteCommand command = CreateCommand();
#pragma warning disable CA2100 // It is one of two constants.
            command.CommandText = settings;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }
}
