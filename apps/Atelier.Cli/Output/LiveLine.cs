using System.Globalization;

namespace Atelier.Cli.Output;

/// <summary>A line on standard error that says how far a work has come: rewritten in its place on a terminal, one after
/// the other elsewhere. Dispose it before anything else is written.</summary>
internal sealed class LiveLine(Host host) : IDisposable
{
    private int _shownLength;

    /// <summary>A time as it is shown there.</summary>
    public static string Clock(TimeSpan time)
        => time.TotalHours < 1 ? time.ToString(@"mm\:ss", CultureInfo.InvariantCulture)
            : time.TotalDays < 100 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : "long";

    public void Show(string line)
    {
        if (host.IsLive)
        {
            Rewrite(line);
        }
        else
        {
            host.Error.WriteLine(line);
        }
    }

    public void Dispose()
    {
        if (_shownLength > 0)
        {
            Rewrite("");
            host.Error.Write('\r');
        }
    }

    private void Rewrite(string line)
    {
        string shown = line[..Math.Min(line.Length, host.Columns - 1)];
        host.Error.Write('\r' + shown.PadRight(_shownLength));
        host.Error.Flush();
        _shownLength = shown.Length;
    }
}
