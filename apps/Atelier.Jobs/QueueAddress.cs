using Microsoft.Data.Sqlite;
using Npgsql;

namespace Atelier.Jobs;

/// <summary>Where a queue is: a folder of this machine, or a PostgreSQL database. Its text never shows a
/// password.</summary>
public sealed class QueueAddress
{
    /// <summary>The file of an embedded queue, in its folder.</summary>
    public const string FileName = "queue.db";

    private const string BlobsName = "blobs";

    private QueueAddress(string? folder, string connection, string shown, string? blobFolder)
        => (Folder, Connection, Shown, BlobFolder) = (folder, connection, shown, blobFolder);

    /// <summary>The folder of an embedded queue; null for PostgreSQL.</summary>
    public string? Folder { get; }

    /// <summary>Whether the queue is in PostgreSQL, so that several machines may work for it.</summary>
    public bool IsShared => Folder is null;

    /// <summary>The connection string, which may contain a password.</summary>
    internal string Connection { get; }

    /// <summary>The folder of the blobs; null if they are in the database.</summary>
    internal string? BlobFolder { get; }

    private string Shown { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">A folder, or a connection string such as <c>Host=db;Database=atelier;Username=painter</c>, or
    /// an address such as <c>postgresql://painter@db/atelier</c>.</param>
    /// <param name="blobFolder">A folder that all machines share, for the blobs of a PostgreSQL queue; null to keep
    /// them in the database.</param>
    /// <exception cref="CodedException">The text is neither.</exception>
    public static QueueAddress Parse(string text, string? blobFolder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (text.StartsWith("postgresql://", StringComparison.Ordinal)
            || text.StartsWith("postgres://", StringComparison.Ordinal))
        {
            return OfPostgres(FromUri(text), blobFolder);
        }

        if (text.Contains('=', StringComparison.Ordinal))
        {
            return OfPostgres(FromPairs(text), blobFolder);
        }

        string folder = Path.GetFullPath(text);
        SqliteConnectionStringBuilder sqlite = new()
        {
            DataSource = Path.Combine(folder, FileName),
            ForeignKeys = true,
        };
        return new QueueAddress(
            folder, sqlite.ToString(), folder, blobFolder ?? Path.Combine(folder, BlobsName));
    }

    /// <summary>Whether a text, as typed in a command line, contains a password, which other users of the machine could
    /// read there.</summary>
    public static bool HasPassword(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && uri.UserInfo.Contains(':', StringComparison.Ordinal)
            || text.Split(';').Any(pair => pair.Split('=')[0].Trim().ToUpperInvariant() is "PASSWORD" or "PWD");
    }

    /// <summary>The folder, or the host and the database.</summary>
    public override string ToString() => Shown;

    private static QueueAddress OfPostgres(NpgsqlConnectionStringBuilder parts, string? blobFolder)
    {
        if (string.IsNullOrEmpty(parts.Host))
        {
            throw CodedException.Usage(
                "the address of the queue names no host.", "write Host=…;Database=…;Username=…", "queue");
        }

        parts.ApplicationName ??= "atelier";

        // A machine that is cut off in a transaction must not keep its locks.
        parts.Options ??= "-c idle_in_transaction_session_timeout=10000";
        return new QueueAddress(
            null, parts.ToString(), $"{parts.Host}:{parts.Port}/{parts.Database ?? parts.Username}", blobFolder);
    }

    private static NpgsqlConnectionStringBuilder FromPairs(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException)
        {
            // The message of the exception might show the password.
            throw CodedException.Usage("the address of the queue is not a connection string of PostgreSQL.",
                "write Host=…;Database=…;Username=…, or name a folder", "queue");
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri))
        {
            throw CodedException.Usage("the address of the queue is not a valid postgresql:// address.",
                "write postgresql://USER@HOST/DATABASE", "queue");
        }

        string[] user = uri.UserInfo.Split(':', 2);
        NpgsqlConnectionStringBuilder parts = new() { Host = uri.Host };
        if (uri.Port > 0)
        {
            parts.Port = uri.Port;
        }

        if (user[0].Length > 0)
        {
            parts.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            parts.Password = Uri.UnescapeDataString(user[1]);
        }

        if (uri.AbsolutePath.Length > 1)
        {
            parts.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        }

        return parts;
    }
}
