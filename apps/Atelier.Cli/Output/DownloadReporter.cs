using System.Globalization;
using Atelier.Workshop.Networks;

namespace Atelier.Cli.Output;

/// <summary>Reports the progress of a download on standard error: a single updating line on a terminal, otherwise one
/// line per 10 %. Dispose it before writing anything else.</summary>
internal sealed class DownloadReporter(Host host) : IProgress<DownloadProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly LiveLine _line = new(host);
    private readonly long _start = host.Clock.GetTimestamp();
    private TimeSpan _shown = -Interval;
    private long? _first;
    private int _tenths;

    public void Report(DownloadProgress value)
    {
        (long bytes, long? whole) = value;
        _first ??= bytes;
        TimeSpan elapsed = host.Clock.GetElapsedTime(_start);
        int tenths = whole is > 0 ? (int)(10 * bytes / whole.Value) : 0;
        if (host.IsLive ? elapsed - _shown < Interval : tenths <= _tenths)
        {
            return;
        }

        (_shown, _tenths) = (elapsed, tenths);
        double speed = elapsed > TimeSpan.Zero ? (bytes - _first.Value) / elapsed.TotalSeconds : 0;
        _line.Show(string.Create(CultureInfo.InvariantCulture,
            $"{bytes / 1e6:F0}{(whole is long all ? $" of {all / 1e6:F0}" : "")} MB  {speed / 1e6:F1} MB/s"));
    }

    public void Dispose() => _line.Dispose();
}
