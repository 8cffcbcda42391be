using System.Collections.Immutable;

namespace Atelier.Imaging;

/// <summary>A contact sheet: pictures in rows and columns, each with a caption.</summary>
public sealed record ContactSheet
{
    internal static readonly Ink Paper = Ink.Gray(0.96f), Print = Ink.Gray(0.1f);

    private static readonly Ink Blank = Ink.Gray(0.86f);

    /// <summary>Title above the cells; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The cells, row by row. Each is as large as the largest picture.</summary>
    public required ImmutableArray<ContactCell> Cells { get; init; }

    /// <summary>Number of columns, at least 1.</summary>
    public required int Columns { get; init; }

    /// <summary>Pixels per dot of the font, at least 1.</summary>
    public int TextScale { get; init; } = 2;

    /// <summary>Draws the sheet.</summary>
    /// <returns>A new picture of the required size.</returns>
    /// <exception cref="ArgumentException">There are no cells or columns, or the text scale is not
    /// positive.</exception>
    public Picture Draw()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TextScale);
        if (Cells.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A contact sheet needs at least one cell.");
        }

        int gap = BitmapFont.LineHeight * TextScale;
        int pictureWidth = Cells.Max(cell => cell.Picture?.Width ?? 1);
        int pictureHeight = Cells.Max(cell => cell.Picture?.Height ?? 1);
        int cellWidth = Math.Max(pictureWidth, Cells.Max(cell => LongestWord(cell.Caption)));
        ImmutableArray<string> captions = [.. Cells.Select(cell => Wrap(cell.Caption, cellWidth))];
        int cellHeight = pictureHeight + (gap / 4) + captions.Max(Height);
        int columns = Math.Min(Columns, Cells.Length), rows = (Cells.Length + columns - 1) / columns;
        int width = gap + Math.Max(columns * (cellWidth + gap), LongestWord(Title) + gap);
        string title = Wrap(Title, width - (2 * gap));
        int head = title.Length == 0 ? gap : Height(title) + (2 * gap);

        Canvas canvas = new(width, head + (rows * (cellHeight + gap)), Paper);
        canvas.DrawText(title, gap, gap, Print, TextScale);
        for (int i = 0; i < Cells.Length; i++)
        {
            int left = gap + (i % columns * (cellWidth + gap)), top = head + (i / columns * (cellHeight + gap));
            DrawCell(canvas, Cells[i].Picture, left, top, pictureWidth, pictureHeight);
            canvas.DrawText(captions[i], left, top + pictureHeight + (gap / 4), Print, TextScale);
        }

        return canvas.Picture;
    }

    private static void DrawCell(Canvas canvas, Picture? picture, int left, int top, int width, int height)
    {
        if (picture is null)
        {
            canvas.Fill(left, top, width, height, Blank);
        }
        else
        {
            canvas.DrawPicture(picture, left + ((width - picture.Width) / 2), top + ((height - picture.Height) / 2));
        }
    }

    private int Width(string text) => Canvas.MeasureText(text, TextScale).Width;

    private int Height(string text) => Canvas.MeasureText(text, TextScale).Height;

    private int LongestWord(string text) => text.Split(' ', '\n').Max(Width);

    // Puts as many words on a line as fit; a line is at least as wide as the longest word.
    private string Wrap(string text, int width)
    {
        List<string> lines = [];
        foreach (string paragraph in text.Split('\n'))
        {
            string line = "";
            foreach (string word in paragraph.Split(' '))
            {
                string longer = line.Length == 0 ? word : $"{line} {word}";
                if (Width(longer) > width)
                {
                    lines.Add(line);
                    longer = word;
                }

                line = longer;
            }

            lines.Add(line);
        }

        return string.Join('\n', lines);
    }
}
