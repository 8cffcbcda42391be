using System.Collections.Immutable;
using System.Globalization;
using Atelier.Imaging;

namespace Atelier.Inspection;

/// <summary>A figure of a Gram matrix as a heat map, or of two matrices and their difference.</summary>
public sealed record GramFigure
{
    private const int Side = 512, Gap = 20, LabelWidth = 56, BarRoom = 150, TextScale = 2, LineHeight = 20;

    /// <summary>Title of the figure.</summary>
    public required string Title { get; init; }

    /// <summary>The matrix.</summary>
    public required GramMatrix First { get; init; }

    /// <summary>Name of the picture that the matrix belongs to, such as a file name.</summary>
    public required string FirstName { get; init; }

    /// <summary>The matrix to compare it with, of the same layer; null for none.</summary>
    public GramMatrix? Second { get; init; }

    /// <summary>Name of the picture that the second matrix belongs to.</summary>
    public string SecondName { get; init; } = "";

    /// <summary>Whether to order the channels by strength in the first picture; otherwise they are in the network's
    /// order. </summary>
    public bool StrongestFirst { get; init; } = true;

    /// <summary>Draws the figure.</summary>
    /// <returns>A new picture of the required size.</returns>
    /// <exception cref="ArgumentException">The matrices have different sizes.</exception>
    public Picture Draw()
    {
        GramMatrix? difference = Second is null ? null : First.Minus(Second);
        ColorScale scale = ColorScale.Rising(First.Values.Concat(Second?.Values ?? []).Max());
        List<(string Name, GramMatrix Matrix, ColorScale Scale)> panels = [(FirstName, First, scale)];
        if (Second is not null && difference is not null)
        {
            panels.Add((SecondName, Second, scale));
            panels.Add((FormattableString.Invariant($"first - second; style loss {difference.StyleLoss:G3}"),
                difference, ColorScale.Around0(difference.Values.Max(Math.Abs))));
        }

        int shown = ShownSide(First.Channels), panelWidth = LabelWidth + shown + BarRoom;
        int top = (2 * Gap) + (2 * LineHeight), bottom = top + shown;
        Canvas canvas = new(
            Math.Max((panels.Count * panelWidth) + Gap, LabelWidth + Canvas.MeasureText(Note, TextScale).Width + Gap),
            bottom + (4 * LineHeight), ContactSheet.Paper);
        canvas.DrawText(Title, Gap, Gap, Figure.Print, TextScale);
        foreach ((int i, (string name, GramMatrix matrix, ColorScale colors)) in panels.Index())
        {
            int left = LabelWidth + (i * panelWidth);
            canvas.DrawText(Cut(name, panelWidth - Gap), left, top - LineHeight - 4, Figure.Print, TextScale);
            canvas.DrawPicture(Paint(matrix, colors, shown), left, top);
            DrawTicks(canvas, left, top, shown);
            colors.DrawBar(canvas, left + shown + Gap, top, shown);
        }

        canvas.DrawText(Note, LabelWidth, bottom + (2 * LineHeight), Figure.Print, TextScale);
        return canvas.Picture;
    }

    private string Note => $"Rows and columns: channels of {First.Layer}" +
        (StrongestFirst ? ", strongest first" : "") + ". Colors show square roots.";

    private ImmutableArray<int> Order
        => StrongestFirst ? First.StrongestFirst : [.. Enumerable.Range(0, First.Channels)];

    /// <summary>A whole number of pixels for each entry, at least one.</summary>
    private static int ShownSide(int channels) => channels * Math.Max(1, Side / channels);

    private Picture Paint(GramMatrix matrix, ColorScale colors, int side)
    {
        int channels = matrix.Channels;
        ImmutableArray<int> order = Order;
        float[] values = new float[channels * channels];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)matrix[order[i / channels], order[i % channels]];
        return Figure.Paint(values, channels, channels, side, side, value => colors.At(value));
    }

    /// <summary>The numbers of some channels, left of their rows and below their columns.</summary>
    private void DrawTicks(Canvas canvas, int left, int top, int side)
    {
        ImmutableArray<int> order = Order;
        int cell = side / order.Length;
        int step = ((int[])[1, 2, 5, 10, 20, 50, 100, 200]).First(step => step * cell >= LabelWidth || step == 200);
        for (int i = 0; i < order.Length; i += step)
        {
            string channel = order[i].ToString(CultureInfo.InvariantCulture);
            int width = Canvas.MeasureText(channel, TextScale).Width, middle = (i * cell) + (cell / 2);
            canvas.Fill(left - 6, top + middle, 6, 1, Figure.Print);
            canvas.DrawText(channel, left - 10 - width, top + middle - 6, Figure.Print, TextScale);
            canvas.Fill(left + middle, top + side, 1, 6, Figure.Print);
            canvas.DrawText(channel, left + middle - (width / 2), top + side + 10, Figure.Print, TextScale);
        }
    }

    /// <summary>As much of a text as fits a width.</summary>
    private static string Cut(string text, int width)
    {
        int characters = text.Length;
        while (characters > 3 && Canvas.MeasureText(text[..characters], TextScale).Width > width)
            characters--;
        return characters == text.Length ? text : $"{text[..(characters - 3)]}...";
    }
}
