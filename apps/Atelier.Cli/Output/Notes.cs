using Atelier.Imaging;
using Atelier.Workshop;
using Atelier.Workshop.Outputs;

namespace Atelier.Cli.Output;

/// <summary>Short lines on standard error.</summary>
internal static class Notes
{
    /// <summary>Shows warnings that have not been shown before.</summary>
    public static void Warn(Host host, bool color, IEnumerable<string> warnings)
    {
        foreach (string warning in warnings.Where(host.Warnings.Add))
        {
            host.ClearLine();
            host.Error.WriteLine($"{Label("warning", "33", color)} {warning}");
        }
    }

    /// <summary>Reports a note from the workshop.</summary>
    public static void Report(Host host, Note note, bool quiet, bool color)
    {
        if (note.IsWarning)
        {
            Warn(host, color, [note.Text]);
        }
        else if (!quiet)
        {
            host.ClearLine();
            host.Error.WriteLine(note.Text);
        }
    }

    /// <summary>Reports the path of a figure, unless it was written to standard output.</summary>
    public static void ReportFigure(Host host, string path, Picture figure)
    {
        if (path != OutputFile.StandardOutput)
        {
            host.Error.WriteLine($"{path}  {figure.Width} x {figure.Height}");
        }
    }

    public static string Label(string word, string colorCode, bool color)
        => color ? $"\e[{colorCode}m{word}:\e[0m" : $"{word}:";
}
