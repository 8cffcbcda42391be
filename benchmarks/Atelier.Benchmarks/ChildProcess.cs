using System.Diagnostics;

namespace Atelier.Benchmarks;

/// <summary>A process of its own that does a piece of work each time it is asked, so that its memory is only its own.
/// It answers every line with a line of numbers, and ends when nothing more can come.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    internal ChildProcess(string program, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Most memory that the process ever had resident, in MB; it must be running.</summary>
    internal double PeakMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    /// <summary>A program that was built with this one.</summary>
    internal static string PathOf(string name)
        => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? $"{name}.exe" : name);

    /// <summary>This program again, in the part of a <see cref="Worker"/>.</summary>
    internal static ChildProcess Worker(params string[] arguments)
        => new(PathOf("Atelier.Benchmarks"), [Benchmarks.Worker.Command, .. arguments]);

    /// <summary>Has the work done once.</summary>
    /// <returns>Seconds, and whatever numbers the work has to tell beyond that.</returns>
    internal double[] Ask()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended before it answered.");
        return [.. answer.Split(' ').Select(double.Parse)];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
