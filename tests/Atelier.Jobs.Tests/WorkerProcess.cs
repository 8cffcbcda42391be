using System.Diagnostics;
using System.Globalization;

namespace Atelier.Jobs.Tests;

/// <summary>The tool's worker in a process of its own, so that it can be killed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it. It counts as lost after few seconds.</summary>
    /// <param name="queue">The address of the queue.</param>
    /// <param name="more">More words of the command line.</param>
    internal WorkerProcess(string queue, params string[] more)
    {
        string host = Environment.ProcessPath is string path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path : "dotnet";
        ProcessStartInfo start = new(host,
        [
            Path.Combine(AppContext.BaseDirectory, "Atelier.Cli.dll"), "worker", "--threads", "1", "--check-in", "1",
            .. more,
        ])
        {
            RedirectStandardError = true,
        };
        start.Environment["ATELIER_QUEUE"] = queue;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Errors.Add(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has said.</summary>
    internal List<string> Errors { get; } = [];

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
