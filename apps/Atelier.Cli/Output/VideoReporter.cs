using System.Globalization;
using Atelier.Video;

namespace Atelier.Cli.Output;

/// <summary>Reports the progress of a video on standard error: a single updating line on a terminal, otherwise an
/// occasional line. Dispose it before writing anything else.</summary>
internal sealed class VideoReporter(Host host) : IProgress<VideoProgress>, IDisposable
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly LiveLine _line = new(host);
    private readonly long _start = host.Clock.GetTimestamp();
    private TimeSpan? _shown;
    private TimeSpan _begin;
    private int _framesDone;

    public void Report(VideoProgress value)
    {
        host.WouldSave |= value.Frame > 0;
        TimeSpan elapsed = host.Clock.GetElapsedTime(_start);
        bool isDone = value.FrameFraction >= 1;
        if (isDone && _framesDone++ == 0)
        {
            // The first frame is painted from scratch, so its time says little about the others.
            _begin = elapsed;
        }

        bool isDue = host.IsLive
            ? _shown is null || elapsed - _shown >= LiveInterval
            : isDone && (_shown is null || elapsed - _shown >= PlainInterval);
        if (isDue)
        {
            _shown = elapsed;
            _line.Show(Line(value, elapsed));
        }
    }

    public void Dispose() => _line.Dispose();

    private string Line(VideoProgress value, TimeSpan elapsed)
    {
        string of = value.FrameCount is int count ? $"/{count}" : "";
        string pass = value.PassCount > 1 ? $"pass {value.Pass}/{value.PassCount}  " : "";
        if (_framesDone < 2)
        {
            return $"{pass}frame {value.Frame + 1}{of}  {LiveLine.Clock(elapsed)}";
        }

        TimeSpan each = (elapsed - _begin) / (_framesDone - 1);
        string left = value.FrameCount is int frames
            ? $", {LiveLine.Clock(each * ((frames * (value.PassCount - value.Pass + 1)) - value.Frame - 1))} left"
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{pass}frame {value.Frame + 1}{of}  {each.TotalSeconds:F2} s each  {LiveLine.Clock(elapsed)}{left}");
    }
}
