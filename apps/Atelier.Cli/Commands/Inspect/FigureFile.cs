using System.Text;
using Atelier.Imaging;
using Atelier.Primitives;

namespace Atelier.Cli.Commands.Inspect;

/// <summary>The file that a figure goes to: a picture, or the text of a drawing. Checked before the work starts,
/// written whole or not at all, with a mark by which it may be replaced by a later figure.</summary>
internal sealed class FigureFile
{
    private const string Key = "atelier:figure", StreamExtension = ".png";
    private readonly Host _host;

    /// <summary>Refuses a place that cannot be written to or must not be overwritten.</summary>
    /// <param name="inputs">Files that are read, which a figure never replaces.</param>
    /// <param name="extensions">Extensions of the formats that the figure can have.</param>
    /// <param name="force">Whether a file that is not an earlier figure may be replaced.</param>
    public FigureFile(
        Host host, string path, IEnumerable<string> inputs, IReadOnlyList<string> extensions, bool force)
    {
        (_host, Path) = (host, path);
        if (path == OutputFile.StandardOutput)
        {
            return;
        }

        if (!extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw CliException.Usage($"output '{path}' is not a format of this figure.",
                $"use {string.Join(", ", extensions)}.");
        }

        OutputFile.RequireNoInput(path, inputs);
        OutputFile.RequireFolder(path);
        if (!force && File.Exists(path) && !IsFigure(path))
        {
            throw CliException.Failed("output.exists", $"output '{path}' exists and is not an earlier figure.",
                "add --force to replace it, or name another file with -o FILE.");
        }
    }

    public string Path { get; }

    /// <summary>The place as a script wants it: absolute, or <c>-</c>.</summary>
    public string FullPath => Path == OutputFile.StandardOutput ? Path : System.IO.Path.GetFullPath(Path);

    /// <summary>Writes a picture.</summary>
    /// <param name="picture">The figure.</param>
    /// <param name="title">What it shows, which becomes its mark.</param>
    public void Save(Picture picture, string title)
    {
        _host.Interrupt.ThrowIfCancellationRequested();
        Picture marked = new(picture.Width, picture.Height, picture.Red, picture.Green, picture.Blue)
        {
            Text = picture.Text.SetItem(Key, title),
        };
        if (Path != OutputFile.StandardOutput)
        {
            PictureFile.Save(marked, Path);
            return;
        }

        RequireNoTerminal();
        try
        {
            using Stream output = _host.OpenOutput();
            PictureFile.Save(marked, output, StreamExtension);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OutputFile.ClosedStream(error);
        }
    }

    /// <summary>Writes a drawing, which has its own mark.</summary>
    public void Save(string drawing)
    {
        _host.Interrupt.ThrowIfCancellationRequested();
        if (Path == OutputFile.StandardOutput)
        {
            _host.Out.Write(drawing);
        }
        else
        {
            AtomicFile.Write(Path, stream => stream.Write(Encoding.UTF8.GetBytes(drawing)));
        }
    }

    private void RequireNoTerminal()
    {
        if (_host.OutIsTerminal)
        {
            throw CliException.Usage("-o -: a terminal cannot show a picture.", "send it to a file or a pipe.");
        }
    }

    private static bool IsFigure(string path)
    {
        try
        {
            return System.IO.Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase)
                ? File.ReadAllText(path).Contains(Inspection.LossPlot.Mark, StringComparison.Ordinal)
                : PictureFile.Load(path).Text.ContainsKey(Key);
        }
        catch (Exception error) when (error is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
