using System.Text;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Primitives;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Figures;

/// <summary>The file that a figure goes to: a picture, or the text of a drawing. Checked before the work starts,
/// written whole or not at all, with a mark by which it may be replaced by a later figure.</summary>
public sealed class FigureFile
{
    private const string Key = "atelier:figure", StreamExtension = ".png";
    private readonly Surroundings _around;

    /// <summary>Refuses a place that cannot be written to or must not be overwritten.</summary>
    /// <param name="around">Where standard output is.</param>
    /// <param name="path">The file, or <c>-</c>.</param>
    /// <param name="inputs">Files that are read, which a figure never replaces.</param>
    /// <param name="extensions">Extensions of the formats that the figure can have.</param>
    /// <param name="force">Whether a file that is not an earlier figure may be replaced.</param>
    /// <exception cref="CodedException">It cannot, or must not.</exception>
    public FigureFile(
        Surroundings around, string path, IEnumerable<string> inputs, IReadOnlyList<string> extensions, bool force)
    {
        (_around, Path) = (around, path);
        if (path == OutputFile.StandardOutput)
        {
            return;
        }

        if (!extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw CodedException.Usage($"output '{path}' is not a format of this figure.",
                $"use {string.Join(", ", extensions)}");
        }

        OutputPath.RequireNoInput(path, inputs);
        OutputPath.RequireFolder(path);
        OutputPath.RequireReplaceable(path, force, IsFigure, "exists and is not an earlier figure");
    }

    /// <summary>The file, or <c>-</c>.</summary>
    public string Path { get; }

    /// <summary>The place as a script wants it: absolute, or <c>-</c>.</summary>
    public string FullPath => Path == OutputFile.StandardOutput ? Path : System.IO.Path.GetFullPath(Path);

    /// <summary>Writes a picture.</summary>
    /// <param name="picture">The figure.</param>
    /// <param name="title">What it shows, which becomes its mark.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(Picture picture, string title)
    {
        ArgumentNullException.ThrowIfNull(picture);
        _around.Cancel.ThrowIfCancellationRequested();
        Picture marked = new(picture.Width, picture.Height, picture.Red, picture.Green, picture.Blue)
        {
            Text = picture.Text.SetItem(Key, title),
        };
        if (Path != OutputFile.StandardOutput)
        {
            PictureFile.Save(marked, Path);
            return;
        }

        OutputFile.SaveToStream(_around, marked);
    }

    /// <summary>Writes a drawing, which has its own mark.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string drawing)
    {
        _around.Cancel.ThrowIfCancellationRequested();
        if (Path == OutputFile.StandardOutput)
        {
            try
            {
                using Stream output = _around.OpenOutput();
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
