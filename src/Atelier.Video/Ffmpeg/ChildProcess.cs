using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Atelier.Video.Ffmpeg;

/// <summary>A child process whose standard error is always drained. Disposing it ends the process.</summary>
internal sealed partial class ChildProcess : IDisposable
{
    /// <summary>Commands, with their arguments, that start a program in a new session. macOS has only the
    /// second.</summary>
    internal static readonly ImmutableArray<string[]> OwnSessions =
    [
        ["/usr/bin/setsid"],
        ["/usr/bin/perl", "-MPOSIX=setsid", "-e", "setsid(); exec { $ARGV[0] } @ARGV or die \"$ARGV[0]: $!\\n\""],
    ];

    private const int MaxComplaints = 3;
    private readonly Queue<string> _complaints = new();
    private readonly Process _process;
    private readonly string _name;
    private readonly Thread _errorReader;
    private string? _lastLine;

    private ChildProcess(Process process, string name, Action<string>? onLine)
    {
        (_process, _name, Id) = (process, name, process.Id);
        _errorReader = new Thread(() => ReadErrors(onLine)) { IsBackground = true, Name = $"{name} errors" };
        _errorReader.Start();
    }

    /// <summary>The standard input of the program.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The standard output of the program.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>The last error that the program reported, without a final period; null if it reported none.</summary>
    public string? LastError
    {
        get
        {
            lock (_complaints)
            {
                return _complaints.Count == 0 ? null : string.Join("; ", _complaints.Distinct());
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="onLine">Called with each line of its standard error, on another thread.</param>
    /// <exception cref="CodedException">The program cannot be started.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, Action<string>? onLine = null)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            CreateNoWindow = true,
        };
        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        KeepFromInterrupts(start);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return new ChildProcess(Process.Start(start)!, Path.GetFileNameWithoutExtension(program), onLine);
        }
        catch (Win32Exception error)
        {
            throw CodedException.Failed(
                "ffmpeg.start", $"'{program}' cannot be started: {error.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="AtelierException">The program failed, or did not finish within
    /// <paramref name="patience"/>.</exception>
    public static string Capture(string program, IEnumerable<string> arguments, TimeSpan patience)
    {
        using ChildProcess child = Start(program, arguments);
        child.Input.Close();
        Task<string> reading = child._process.StandardOutput.ReadToEndAsync();
        if (!reading.Wait(patience))
        {
            throw child.Stalled(patience);
        }

        int code = child.WaitForExit(patience);
        return code == 0 ? reading.Result : throw child.Failed(code);
    }

    /// <summary>Waits until the program has ended and its output has been read.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="AtelierException">The program neither ended nor used processor time within the timeout.
    /// </exception>
    public int WaitForExit(TimeSpan patience)
    {
        AwaitWork(_process.WaitForExit, patience);
        _errorReader.Join();
        return _process.ExitCode;
    }

    /// <summary>Waits for an event as long as the program keeps working.</summary>
    /// <param name="wait">Waits at most the given time and returns whether the event occurred.</param>
    /// <exception cref="AtelierException">The event did not occur, and the program was not working.</exception>
    public void AwaitWork(Func<TimeSpan, bool> wait, TimeSpan patience)
    {
        for (TimeSpan worked = WorkTime(); !wait(patience);)
        {
            TimeSpan now = WorkTime();
            if (now == worked)
            {
                throw Stalled(patience);
            }

            worked = now;
        }
    }

    /// <summary>Kills the program; its pipes close.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // The process has already exited.
        }
    }

    /// <summary>The process ID.</summary>
    public int Id { get; }

    public void Dispose()
    {
        Kill();
        _process.WaitForExit();
        _errorReader.Join();
        _process.Dispose();
    }

    /// <summary>Creates the error for a program that failed.</summary>
    public AtelierException Failed(int code)
    {
        string reason = LastError ?? (_lastLine is string last ? $"it exited with code {code}; its last message " +
            $"was: {last}"
            : $"it exited with code {code} without a message");
        return new AtelierException($"{_name} failed: {reason}.");
    }

    /// <summary>Creates the error for a program that has stopped responding.</summary>
    public AtelierException Stalled(TimeSpan patience) => new(string.Create(CultureInfo.InvariantCulture,
        $"{_name} stopped responding: no data for {patience.TotalSeconds:0.#} " +
        $"seconds{(LastError is string complaint ? $"; it said: {complaint}" : "")}."));

    /// <summary>Removes the origin and level from a log line: "[h264 @ 0x55] [error] no frame" becomes "no
    /// frame".</summary>
    internal static string? ParseError(string line)
    {
        Match match = Level().Match(line);
        bool isComplaint = match.Groups["level"].Value is "error" or "fatal" or "panic";
        return isComplaint ? line[match.Length..].Trim().TrimEnd('.') : null;
    }

    private void ReadErrors(Action<string>? onLine)
    {
        while (_process.StandardError.ReadLine() is string line)
        {
            _lastLine = line.Trim().TrimEnd('.');
            onLine?.Invoke(line);
            if (ParseError(line) is string complaint)
            {
                lock (_complaints)
                {
                    _complaints.Enqueue(complaint);
                    if (_complaints.Count > MaxComplaints)
                    {
                        _complaints.Dequeue();
                    }
                }
            }
        }
    }

    private TimeSpan WorkTime()
    {
        try
        {
            return _process.TotalProcessorTime;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            return TimeSpan.MaxValue;
        }
    }

    /// <summary>Ctrl+C is sent to every process in the terminal's group, and ffmpeg would then close its file before
    /// the finished frames have been written. A separate process group prevents this. If no such group can be created,
    /// ffmpeg ends by itself and the run fails.</summary>
    private static void KeepFromInterrupts(ProcessStartInfo start)
    {
        if (OperatingSystem.IsWindows())
        {
            start.CreateNewProcessGroup = true;
        }
        else if (OwnSessions.FirstOrDefault(words => File.Exists(words[0])) is [string program, .. string[] arguments])
        {
            foreach (string argument in arguments.Append(start.FileName))
                start.ArgumentList.Add(argument);
            start.FileName = program;
        }
    }

    [GeneratedRegex(@"^(\[[^\]]+ @ [^\]]+\] )*\[(?<level>\w+)\] ")]
    private static partial Regex Level();
}
