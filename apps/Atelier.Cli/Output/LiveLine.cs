using System.Globalization;

namespace Atelier.Cli.Output;

/// <summary>A progress line on standard error: updated in place on a terminal, otherwise one line after another.
/// Dispose it before writing anything else.</summary>
internal sealed class LiveLine(Host host) : IDisposable
{
    private int _shownLength;

    /// <summary>Formats a time for the progress line.</summary>
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

    public void Dispose() => Clear();

    private void Clear()
    {
        if (_shownLength > 0)
        {
            Rewrite("");
            host.Error.Write('\r');
        }
    }

    private void Rewrite(string line)
    {
        host.ClearLine = Clear;
        string shown = line[..Math.Min(line.Length, host.Columns - 1)];
        host.Error.Write('\r' + shown.PadRight(_shownLength));
        host.Error.Flush();
        _shownLength = shown.Length;
    }
}
