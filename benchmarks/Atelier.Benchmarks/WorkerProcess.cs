using System.Diagnostics;

namespace Atelier.Benchmarks;

/// <summary>The tool's worker with one thread in a process of its own, so that it can be killed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="queue">The address of the queue.</param>
    /// <param name="checkIn">Seconds between its signs of life.</param>
    internal WorkerProcess(string queue, int checkIn)
    {
        _process = Process.Start(new ProcessStartInfo(
            ChildProcess.PathOf("Atelier.Cli"),
            ["worker", "--quiet", "--threads", "1", "--check-in", $"{checkIn}"])
        {
            Environment = { ["ATELIER_QUEUE"] = queue },
        })!;
    }

    /// <summary>What the names of its workers contain.</summary>
    internal string Mark => $"-{_process.Id}-";

    internal double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Tells it to end, and waits until it has.</summary>
    internal void Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
