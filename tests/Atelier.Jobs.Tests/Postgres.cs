using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Atelier.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(Atelier.Jobs.Tests.Postgres))]

namespace Atelier.Jobs.Tests;

/// <summary>A PostgreSQL server in a folder of its own, for all tests, or for one that ends it.</summary>
public sealed class Postgres : IDisposable
{
    /// <summary>The members of this role need a password.</summary>
    internal const string WithPassword = "secured";

    private const string Owner = "postgres";

    private readonly TemporaryFolder _folder = new();
    private readonly string? _programs = FindPrograms();
    private bool _isStarted;
    private int _databases;

    /// <summary>Its port on this machine.</summary>
    internal int Port { get; } = FreePort();

    /// <summary>Creates a database, and starts the server before. Skips the test if there is no PostgreSQL.</summary>
    /// <param name="options">More words for <c>create database</c>.</param>
    /// <returns>The connection string of its owner.</returns>
    internal async Task<string> CreateDatabaseAsync(string options = "")
    {
        Assert.SkipWhen(_programs is null,
            "PostgreSQL was not found: install it ('apt-get install postgresql'), or name its folder of programs in " +
            "ATELIER_POSTGRES.");
        lock (_folder)
        {
            StartOnce();
        }

        string name = $"queue{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(Owner, $"create database {name} {options}");
        return ConnectionTo(name);
    }

    private void StartOnce()
    {
        if (!_isStarted)
        {
            Run("chown", Owner, _folder.Path);
            RunAsOwner("initdb", "-D", Data, "-A", "trust", "-U", Owner, "--no-sync");
            string rules = Path.Combine(Data, "pg_hba.conf");
            File.WriteAllText(
                rules, $"host all +{WithPassword} 127.0.0.1/32 scram-sha-256\n{File.ReadAllText(rules)}");
            Start();
            _isStarted = true;
        }
    }

    /// <summary>Returns the connection string to a database.</summary>
    internal string ConnectionTo(string database, string user = Owner, int? port = null)
        => $"Host=127.0.0.1;Port={port ?? Port};Database={database};Username={user}";

    /// <summary>Runs a statement as the owner.</summary>
    internal async Task ExecuteAsync(string database, string statement)
    {
        await using NpgsqlConnection connection = new(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    internal void Start() => RunAsOwner(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder.Path, "log"), "-o",
        $"-p {Port} -k {_folder.Path} -c listen_addresses=127.0.0.1 -c max_connections=300 -c fsync=off", "start");

    /// <summary>Ends it by <c>kill -9</c>, as a fault of the machine does.</summary>
    internal void Kill()
    {
        string first = File.ReadLines(Path.Combine(Data, "postmaster.pid")).First();
        Run("pkill", "-9", "-P", first);
        Run("kill", "-9", first);
    }

    /// <summary>Ends it in the same way while statements that begin so wait to write to a table.</summary>
    internal async Task KillWhileWaitingAsync(string address, string table, string statement)
    {
        await using NpgsqlConnection holder = new(address + ";Pooling=false"), observer = new(holder.ConnectionString);
        await holder.OpenAsync();
        await observer.OpenAsync();
        await using NpgsqlTransaction transaction = await holder.BeginTransactionAsync();
        await using NpgsqlCommand hold = new($"lock table {table} in exclusive mode", holder), waiting = new(
            $"select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '{statement}%'",
            observer);
        await hold.ExecuteNonQueryAsync();
        while ((long)(await waiting.ExecuteScalarAsync())! == 0)
            await Task.Delay(20);
        Kill();
    }

    public void Dispose()
    {
        if (_isStarted)
        {
            RunAsOwner("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        }

        _folder.Dispose();
    }

    private string Data => Path.Combine(_folder.Path, "data");

    private static string? FindPrograms()
    {
        string?[] folders =
        [
            Environment.GetEnvironmentVariable("ATELIER_POSTGRES"),
            .. Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").Select(folder => Path.Combine(folder, "bin")) : [],
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        ];
        return folders.FirstOrDefault(folder => folder is not null
            && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    internal static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private void RunAsOwner(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs!, program);
        if (Environment.IsPrivilegedProcess)
        {
            Run("runuser", ["-u", Owner, "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private void Run(string program, params string[] arguments)
    {
        if (program == "chown" && !Environment.IsPrivilegedProcess)
        {
            return;
        }

        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = _folder.Path };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
    }
}
