using System.Text;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Primitives;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Figures;

/// <summary>The output file of a figure: a picture or an SVG. Checked before work starts, written atomically, and
/// marked so that a later figure may replace it.</summary>
public sealed class FigureFile
{
    private const string Key = "atelier:figure", StreamExtension = ".png";
    private readonly WorkshopContext _context;

    /// <summary>Throws if the path cannot be written to or must not be overwritten.</summary>
    /// <param name="context">Supplies standard output.</param>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="inputs">Input files, which a figure never replaces.</param>
    /// <param name="extensions">Extensions of the figure's possible formats.</param>
    /// <param name="force">Whether to replace a file that is not an earlier figure.</param>
    /// <exception cref="CodedException">The path cannot be written to or must not be overwritten.</exception>
    public FigureFile(
        WorkshopContext context, string path, IEnumerable<string> inputs, IReadOnlyList<string> extensions, bool force)
    {
        (_context, Path) = (context, path);
        if (path == OutputFile.StandardOutput)
        {
            return;
        }

        if (!extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw CodedException.Usage($"output '{path}' does not have a format of this figure.",
                $"use {string.Join(", ", extensions)}");
        }

        OutputPath.RequireNoInput(path, inputs);
        OutputPath.RequireFolder(path);
        OutputPath.RequireReplaceable(path, force, IsFigure, "exists and is not an earlier figure");
    }

    /// <summary>The file, or <c>-</c>.</summary>
    public string Path { get; }

    /// <summary>The absolute path, or <c>-</c>.</summary>
    public string FullPath => Path == OutputFile.StandardOutput ? Path : System.IO.Path.GetFullPath(Path);

    /// <summary>Writes a picture.</summary>
    /// <param name="picture">The figure.</param>
    /// <param name="title">The title, which is stored to mark the file as a figure.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(Picture picture, string title)
    {
        ArgumentNullException.ThrowIfNull(picture);
        _context.Cancel.ThrowIfCancellationRequested();
        Picture marked = new(picture.Width, picture.Height, picture.Red, picture.Green, picture.Blue)
        {
            Text = picture.Text.SetItem(Key, title),
        };
        if (Path != OutputFile.StandardOutput)
        {
            PictureFile.Save(marked, Path);
            return;
        }

        OutputFile.SaveToStream(_context, marked);
    }

    /// <summary>Writes an SVG, which contains its own mark.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string drawing)
    {
        _context.Cancel.ThrowIfCancellationRequested();
        if (Path == OutputFile.StandardOutput)
        {
            try
            {
                using Stream output = _context.OpenOutput();
                output.Write(Encoding.UTF8.GetBytes(drawing));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw OutputFile.ClosedStream(error);
            }
        }
        else
        {
            AtomicFile.Write(Path, stream => stream.Write(Encoding.UTF8.GetBytes(drawing)));
        }
    }

    private static bool IsFigure(string path)
    {
        try
        {
            return System.IO.Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase)
                ? File.ReadAllText(path).Contains(LossPlot.Mark, StringComparison.Ordinal)
                : PictureFile.Load(path).Text.ContainsKey(Key);
        }
        catch (Exception error) when (error is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
