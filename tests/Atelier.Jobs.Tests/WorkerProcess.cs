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
            RedirectStandardOutput = true,
        };
        start.Environment["ATELIER_QUEUE"] = queue;

        // It lives for seconds only, in which measuring what is worth compiling again does not pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        if (memoryMegabytes is int megabytes)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = $"{megabytes << 20:X}";
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Errors.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        _process.OutputDataReceived += (_, line) => Lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
    }

    /// <summary>Starts a worker that ends when nothing is left to do.</summary>
    internal static WorkerProcess Once(string queue, IReadOnlyDictionary<string, string> environment)
        => new(queue, "Atelier.Cli.dll", ["worker", "--threads", "1", "--once"], environment: environment);

    /// <summary>Starts a worker that never gives a job up.</summary>
    /// <param name="queue">The address of the queue.</param>
    /// <param name="end">The step of its first job at which it kills itself; null for none.</param>
    /// <param name="pace">For how many milliseconds it rests at each iteration.</param>
    internal static WorkerProcess Tireless(string queue, JobStep? end = null, int pace = 0) => new(
        queue, TestProgram,
        [Program.Tireless, queue, end?.ToString() ?? "none", pace.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Starts a worker that adds jobs too, and waits first until the worker of the folder has ended.</summary>
    internal static WorkerProcess Embedded(string folder) => new(folder, TestProgram, [Program.Embedded, folder]);

    /// <summary>Starts a process that stores and reads a large file with little memory.</summary>
    internal static WorkerProcess Carrier(string queue, int megabytes, int memoryMegabytes) => new(
        queue, TestProgram, [Program.Carrier, queue, megabytes.ToString(CultureInfo.InvariantCulture)],
        memoryMegabytes);

    /// <summary>What it has said on standard error.</summary>
    internal ConcurrentQueue<string> Errors { get; } = [];

    /// <summary>What it has said on standard output, line by line.</summary>
    internal ConcurrentQueue<string> Lines { get; } = [];

    internal int Id => _process.Id;

    internal bool HasExited => _process.HasExited;

    internal int ExitCode => _process.ExitCode;

    /// <summary>Whether a name of a worker is this one's.</summary>
    internal bool IsNamed(string? worker)
        => worker?.Contains($"-{Id.ToString(CultureInfo.InvariantCulture)}-", StringComparison.Ordinal)
            == true;

    /// <summary>Kills it, as a lack of memory or a fault of the machine does.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Sends a signal, such as <c>STOP</c>.</summary>
    internal void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Fails if it has ended by itself.</summary>
    internal void RequireLife() => Assert.False(_process.HasExited, string.Join('\n', Errors));

    /// <summary>Waits until it has written a line, and fails if that takes too long.</summary>
    internal async Task WaitForLineAsync()
    {
        using CancellationTokenSource patience = new(TestQueue.Patience);
        while (Lines.IsEmpty)
        {
            RequireLife();
            await Task.Delay(10, patience.Token);
        }
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

/// <summary>Workers in processes of their own, one of which is started where another is killed.</summary>
/// <param name="start">Starts one.</param>
internal sealed class WorkerProcesses(Func<WorkerProcess> start) : IDisposable
{
    private readonly List<WorkerProcess> _all = [];

    /// <summary>Those that have not been killed.</summary>
    internal IEnumerable<WorkerProcess> Living => _all.Where(each => !each.HasExited);

    /// <summary>Starts another.</summary>
    internal void Start() => _all.Add(start());

    public void Dispose() => _all.ForEach(each => each.Dispose());
}
