using System.Text;
using Atelier.Imaging;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Workshop.Outputs;
using Atelier.Workshop.Paintings;

namespace Atelier.Workshop.Sweeps;

/// <summary>The output files of a sweep: the contact sheet, and a folder with its pictures and their
/// description.</summary>
internal sealed class SweepFiles
{
    private readonly string _folder;
    private readonly OutputFile _sheet;
    private readonly OutputFile[] _cells;

    /// <summary>Creates the folder. Throws if a path cannot be written to or must not be overwritten.</summary>
    /// <param name="path">The contact sheet, or a folder for everything.</param>
    /// <param name="inputs">Input files, which a result never replaces.</param>
    /// <exception cref="CodedException">There is such a path.</exception>
    public SweepFiles(
        WorkshopContext context, string path, int cells, IReadOnlyList<string> inputs, PaintSettings settings)
    {
        if (path == OutputFile.StandardOutput)
        {
            throw CodedException.Usage(
                "a sweep writes several files, so it cannot be written to standard output.", "name a file", "output");
        }

        bool isFolder = Directory.Exists(path) || Path.GetExtension(path).Length == 0;
        string sheet = isFolder ? Path.Combine(path, "sheet.png") : path;
        _folder = isFolder ? path : Path.ChangeExtension(path, null);
        if (!isFolder)
        {
            OutputPath.RequireFolder(sheet);
        }

        Directory.CreateDirectory(_folder);
        _sheet = new OutputFile(context, sheet, inputs, settings.Force, settings.Encode);
        _cells = [.. Enumerable.Range(0, cells).Select(i => new OutputFile(
            context, Path.Combine(_folder, $"cell-{i + 1:00}.png"), inputs, settings.Force, settings.Encode))];
    }

    public string SheetPath => _sheet.FullPath;

    private string ReportPath => Path.Combine(_folder, "sweep.json");

    public string CellPath(int index) => _cells[index].FullPath;

    /// <summary>Returns the picture of an earlier sweep with exactly this recipe; null if there is none.</summary>
    public Picture? Earlier(int index, Recipe recipe)
    {
        if (!File.Exists(_cells[index].Path))
        {
            return null;
        }

        try
        {
            Picture picture = PictureFile.Load(_cells[index].Path);
            return Recipe.FromPicture(picture)?.ToJson() == recipe.ToJson() ? picture : null;
        }
        catch (AtelierException)
        {
            return null;
        }
    }

    public void SaveCell(int index, Picture picture) => _cells[index].Save(picture);

    /// <summary>Writes the contact sheet, and the description of its pictures.</summary>
    public void Save(Picture sheet, SweepReport report)
    {
        byte[] json = Encoding.UTF8.GetBytes(report.ToJson());
        _sheet.Save(new Picture(sheet.Width, sheet.Height, sheet.Red, sheet.Green, sheet.Blue)
        {
            Text = sheet.Text.SetItem(OutputFile.SweepKey, "sweep.json"),
        });
        AtomicFile.Write(ReportPath, stream => stream.Write(json));
    }
}
