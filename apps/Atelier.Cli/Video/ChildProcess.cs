using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Atelier.Cli.Video;

/// <summary>A program that runs beside this one, its standard error always drained. Disposed, it is over.</summary>
internal sealed partial class ChildProcess : IDisposable
{
    private const int MostComplaints = 3;

    /// <summary>Programs that start another one in a session of its own, and the words before its name. macOS has only
    /// the second.</summary>
    internal static readonly ImmutableArray<string[]> OwnSessions =
    [
        ["/usr/bin/setsid"],
        ["/usr/bin/perl", "-MPOSIX=setsid", "-e", "setsid(); exec { $ARGV[0] } @ARGV or die \"$ARGV[0]: $!\\n\""],
    ];

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

    /// <summary>What the program reads.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What the program writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What it said last that went wrong, for the end of a sentence; null where it said nothing.</summary>
    public string? Complaint
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
    /// <exception cref="CliException">It cannot be started.</exception>
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
            throw CliException.Failed("ffmpeg.start", $"'{program}' cannot be started: {error.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="AtelierException">It failed, or took longer than <paramref name="patience"/>.</exception>
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

    /// <summary>Waits for the end of the program and of what it says.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="AtelierException">It did not end and, while that was waited for, did not work either.
    /// </exception>
    public int WaitForExit(TimeSpan patience)
    {
        AwaitWork(_process.WaitForExit, patience);
        _errorReader.Join();
        return _process.ExitCode;
    }

    /// <summary>Waits for something as long as the program works for it.</summary>
    /// <param name="wait">Waits so long at most, and tells whether it came.</param>
    /// <exception cref="AtelierException">It did not come, nor did the program work.</exception>
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

    /// <summary>Ends the program, whatever it does; its pipes close.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    /// <summary>By which the system knows it.</summary>
    public int Id { get; }

    public void Dispose()
    {
        Kill();
        _process.WaitForExit();
        _errorReader.Join();
        _process.Dispose();
    }

    /// <summary>The error of a program that failed.</summary>
    public AtelierException Failed(int code)
    {
        string reason = Complaint ?? (_lastLine is string last ? $"it ended with code {code}, and said last: {last}"
            : $"it ended with code {code} and said nothing");
        return new AtelierException($"{_name} failed: {reason}.");
    }

    /// <summary>The error of a program that does nothing any more.</summary>
    public AtelierException Stalled(TimeSpan patience) => new(string.Create(CultureInfo.InvariantCulture,
        $"{_name} stopped working: nothing came for {patience.TotalSeconds:0.#} seconds" +
        $"{(Complaint is string complaint ? $"; it said: {complaint}" : "")}."));

    /// <summary>A line without its origin and level: "[h264 @ 0x55] [error] no frame" says "no frame".</summary>
    internal static string? ComplaintOf(string line)
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
            if (ComplaintOf(line) is string complaint)
            {
                lock (_complaints)
                {
                    _complaints.Enqueue(complaint);
                    if (_complaints.Count > MostComplaints)
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

    /// <summary>Ctrl+C goes to every program of the terminal's group, and ffmpeg would end its file half-way while the
    /// frames that are done still have to go into it. In a group of its own it does not hear of it. Where no such
    /// group can be had, it ends on its own, and the run as one that failed.</summary>
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
