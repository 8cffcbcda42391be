using System.Diagnostics;
using Atelier.Imaging;
using Atelier.Imaging.Vips;

namespace Atelier.Damage;

/// <summary>Reads damaged files one after another, in a process of its own that may end at any of them.</summary>
internal static class Reader
{
    /// <summary>A picture of the most pixels takes 192 MB as floats, and about as much again while it is turned and
    /// converted.</summary>
    private const long MaxPixels = 12_000_000, MaxMemory = 1_200_000_000;

    private const double PatienceSeconds = 5;
    private static readonly DecodeLimits Limits = new() { MaxPixels = MaxPixels };
    private static volatile string _current = "";
    private static long _processorTime, _wallTime;

    /// <summary>Reads files, and writes a line before and after each of them.</summary>
    public static void Run(Damages damages, int first, int count)
    {
        VipsFormats.Register();
        new Thread(Watch) { IsBackground = true }.Start();
        for (int number = first; number < first + count; number++)
        {
            byte[] file = damages.Create(number);
            Volatile.Write(ref _processorTime, ProcessorTime());
            Volatile.Write(ref _wallTime, Stopwatch.GetTimestamp());
            _current = $"{number}";
            Console.WriteLine($"begin {number}");
            string result = Read(() => PictureFile.Identify(file, Limits)) + " "
                + Read(() => PictureFile.Decode(file, Limits)) + " "
                + Read(() => PictureFile.Decode(file, Limits, page: 2));
            _current = "";
            Console.WriteLine($"end {number} {result}");
        }
    }

    private static string Read(Action read)
    {
        try
        {
            read();
            return "read";
        }
        catch (ImageFormatException error)
        {
            return error.Message.Contains('\n') ? "message-of-several-lines" : "refused";
        }
        catch (Exception error)
        {
            return $"{error.GetType().Name}:{error.StackTrace?.Split('\n')[0].Trim().Replace(' ', '_')}";
        }
    }

    // The machine may be busy with other work, so it is the processor time that counts.
    private static void Watch()
    {
        for (; ; Thread.Sleep(50))
        {
            string number = _current;
            if (number.Length == 0) continue;
            double seconds = TimeSpan.FromTicks(ProcessorTime() - Volatile.Read(ref _processorTime)).TotalSeconds;
            double wall = Stopwatch.GetElapsedTime(Volatile.Read(ref _wallTime)).TotalSeconds;
            string? problem = Environment.WorkingSet > MaxMemory ? $"memory-{Environment.WorkingSet >> 20}-MB"
                : seconds > PatienceSeconds || wall > 12 * PatienceSeconds ? "time" : null;
            if (problem is null || _current != number) continue;
            Console.WriteLine($"end {number} {problem}");
            Environment.FailFast(problem);
        }
    }

    private static long ProcessorTime()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.Ticks;
    }
}
