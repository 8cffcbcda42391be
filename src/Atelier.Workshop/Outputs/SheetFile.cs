using Atelier.Imaging;

namespace Atelier.Workshop.Outputs;

/// <summary>The contact sheet of several results: a picture that is marked so that a later sheet may replace
/// it.</summary>
internal sealed class SheetFile
{
    private readonly OutputFile _file;
    private readonly Dictionary<int, Picture> _pictures = [];
    private readonly int _cellSize;

    /// <summary>Throws if the path cannot be written to or must not be overwritten.</summary>
    /// <param name="path">The picture to write.</param>
    /// <param name="inputs">Input files, which a sheet never replaces.</param>
    /// <param name="settings">How pictures are written.</param>
    /// <param name="cellSize">Long side of each picture on the sheet.</param>
    /// <exception cref="CodedException">The path cannot be written to or must not be overwritten.</exception>
    internal SheetFile(
        WorkshopContext context, string path, IEnumerable<string> inputs, Paintings.PaintSettings settings,
        int cellSize)
        => (_file, _cellSize) = (new OutputFile(context, path, inputs, settings.Force, settings.Encode), cellSize);

    /// <summary>The absolute path.</summary>
    internal string Path => _file.FullPath;

    /// <summary>Puts a picture into a cell, reduced to its size.</summary>
    internal void Put(int index, Picture picture)
    {
        (int width, int height) = Resampler.Fit(
            picture.Width, picture.Height, Math.Min(_cellSize, Math.Max(picture.Width, picture.Height)));
        _pictures[index] = Resampler.Resize(picture, width, height);
    }

    /// <summary>Draws and writes the sheet.</summary>
    /// <param name="title">The title.</param>
    /// <param name="columns">Number of cells in a row.</param>
    /// <param name="captions">The caption of each cell, row by row.</param>
    /// <param name="description">What the mark in the file contains.</param>
    internal void Save(string title, int columns, IReadOnlyList<string> captions, string description)
    {
        Picture sheet = new ContactSheet
        {
            Title = title,
            Columns = columns,
            Cells = [.. captions.Select((caption, i) => new ContactCell(_pictures.GetValueOrDefault(i), caption))],
        }.Draw();
        _file.Save(new Picture(sheet.Width, sheet.Height, sheet.Red, sheet.Green, sheet.Blue)
        {
            Text = sheet.Text.SetItem(OutputFile.SweepKey, description),
        });
    }
}
