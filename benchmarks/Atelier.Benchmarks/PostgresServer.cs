using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Atelier.Benchmarks;

/// <summary>A PostgreSQL server of the benchmark's own, as it is after installation, that can be killed and started
/// again. Linux only.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Installed = "/usr/lib/postgresql", Owner = "postgres";

    private readonly TemporaryFolder _folder = new();
    private readonly string _programs;
    private readonly int _port = FreePort();
    private int _databases;

    private PostgresServer(string programs)
    {
        _programs = programs;
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", Owner, _folder.Path);
        }

        RunAsOwner("initdb", "-D", Data, "-A", "trust", "-U", Owner);
        Start();
    }

    private string Data => Path.Combine(_folder.Path, "data");

    private int Process => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First());

    /// <summary>Starts one; returns null if PostgreSQL is not installed as Debian's package does it.</summary>
    internal static PostgresServer? TryStart() => !Directory.Exists(Installed) ? null
        : new PostgresServer(Path.Combine(Directory.GetDirectories(Installed).Max()!, "bin"));

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its connection string.</returns>
    internal string CreateDatabase()
    {
        string name = $"queue{++_databases}";
        using NpgsqlConnection connection = new($"{ConnectionTo("postgres")};Pooling=false");
        connection.Open();
        using NpgsqlCommand command = new($"create database {name}", connection);
        command.ExecuteNonQuery();
        return ConnectionTo(name);
    }

    /// <summary>Starts it, and waits until it answers. It refuses to start while processes of a killed one are still
    /// ending.</summary>
    internal void Start()
    {
        const int Attempts = 100;
        for (int attempt = 0; !RunAsOwner(
            "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder.Path, "log"), "-o",
            $"-p {_port} -k {_folder.Path} -c listen_addresses=127.0.0.1", "start"); attempt++)
        {
            if (attempt == Attempts)
            {
                throw new InvalidOperationException(
                    $"PostgreSQL does not start: {File.ReadAllText(Path.Combine(_folder.Path, "output"))}");
            }

            Thread.Sleep(100);
        }
    }

    /// <summary>Ends it as a fault of the machine does.</summary>
    internal void Kill()
    {
        string process = $"{Process}";
        Run("pkill", "-9", "-P", process);
        Run("kill", "-9", process);
    }

    /// <summary>The processor time of all its processes, in seconds.</summary>
    internal double ProcessorSeconds
    {
        get
        {
            // Times are the 14th and 15th word, those of ended children the two after; the second is in parentheses.
            static string[] Words(string path) => File.ReadAllText(path).Split(") ")[^1].Split(' ');
            static double Ticks(IEnumerable<string> words) => words.Sum(word => double.Parse(word));
            string parent = Process.ToString(CultureInfo.InvariantCulture);
            double ticks = Ticks(Words($"/proc/{parent}/stat")[11..15]);
            foreach (string folder in Directory.GetDirectories("/proc").Where(path => char.IsDigit(path[^1])))
            {
                string stat = Path.Combine(folder, "stat");
                ticks += File.Exists(stat) && Words(stat) is { } words && words[1] == parent ? Ticks(words[11..13]) : 0;
            }

            return ticks / 100;
        }
    }

    public void Dispose()
    {
        RunAsOwner("pg_ctl", "-D", Data, "-m", "immediate", "stop");
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string ConnectionTo(string database)
        => $"Host=127.0.0.1;Port={_port};Database={database};Username={Owner}";

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private bool RunAsOwner(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? Run("runuser", ["-u", Owner, "--", path, .. arguments])
            : Run(path, arguments);
    }

    /// <summary>Runs a program, and returns whether it succeeded. What it says goes to a file: a server would keep a
    /// pipe open.</summary>
    private bool Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new("sh", ["-c", "exec \"$@\" >> output 2>&1", "sh", program, .. arguments])
        {
            WorkingDirectory = _folder.Path,
        };
        using Process process = System.Diagnostics.Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
