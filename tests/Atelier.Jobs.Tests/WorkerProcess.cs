using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Atelier.Jobs.Workers;

namespace Atelier.Jobs.Tests;

/// <summary>The tool's worker in a process of its own, so that it can be killed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const string TestProgram = "Atelier.Jobs.Tests.dll";

    private readonly Process _process;

    /// <summary>Starts it. It counts as lost after few seconds.</summary>
    /// <param name="queue">The address of the queue.</param>
    /// <param name="more">More words of the command line.</param>
    internal WorkerProcess(string queue, params string[] more)
        : this(queue, "Atelier.Cli.dll",
            ["worker", "--threads", "1", .. more.Contains("--check-in") ? more : [.. more, "--check-in", "1"]])
    {
    }

    private WorkerProcess(
        string queue, string program, string[] arguments, int? memoryMegabytes = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        string host = Environment.ProcessPath is string path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path : "dotnet";
        ProcessStartInfo start = new(host, [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardError = true,
        };
        start.Environment["ATELIER_QUEUE"] = queue;
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        if (memoryMegabytes is int megabytes)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = $"{megabytes << 20:X}";
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Errors.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts a worker that ends when nothing is left to do.</summary>
    internal static WorkerProcess Once(string queue, IReadOnlyDictionary<string, string> environment)
        => new(queue, "Atelier.Cli.dll", ["worker", "--threads", "1", "--once"], environment: environment);

    /// <summary>Starts a worker that never gives a job up.</summary>
    /// <param name="queue">The address of the queue.</param>
    /// <param name="end">The step of its first job at which it kills itself; null for none.</param>
    internal static WorkerProcess Tireless(string queue, JobStep? end = null)
        => new(queue, TestProgram, [Program.TestWorker, queue, end?.ToString() ?? "none"]);

    /// <summary>Starts a process that stores and reads a large file with little memory.</summary>
    internal static WorkerProcess Carrier(string queue, int megabytes, int memoryMegabytes) => new(
        queue, TestProgram, [Program.Carrier, queue, megabytes.ToString(CultureInfo.InvariantCulture)],
        memoryMegabytes);

    /// <summary>What it has said.</summary>
    internal ConcurrentQueue<string> Errors { get; } = [];

    internal int Id => _process.Id;

    internal int ExitCode => _process.ExitCode;

    /// <summary>Kills it, as a lack of memory or a fault of the machine does.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Sends a signal, such as <c>STOP</c>.</summary>
    internal void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended. Returns whether it did in time.</summary>
    internal bool WaitForExit(TimeSpan patience) => _process.WaitForExit(patience);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
