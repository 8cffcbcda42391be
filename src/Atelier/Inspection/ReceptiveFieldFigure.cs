using System.Collections.Immutable;
using Atelier.Imaging;

namespace Atelier.Inspection;

/// <summary>A figure of receptive fields: the fields of some layers drawn over a picture, and for each layer an
/// enlarged view of the pixels that influence it.</summary>
public sealed record ReceptiveFieldFigure
{
    private const int Columns = 3, TileSide = 420;

    // The surroundings are shown as well: the field takes so much of its tile.
    private const double FieldShare = 0.7;

    /// <summary>The fraction of the gradient used for <see cref="EffectiveReceptiveField.SideHolding"/>.</summary>
    public const double Share = 0.95;

    /// <summary>Title of the figure.</summary>
    public required string Title { get; init; }

    /// <summary>The picture.</summary>
    public required Picture Picture { get; init; }

    /// <summary>The effective receptive fields, one per layer; at least one.</summary>
    public required ImmutableArray<EffectiveReceptiveField> Fields { get; init; }

    /// <summary>Draws the figure.</summary>
    /// <returns>A new picture of the required size.</returns>
    public Picture Draw() => new ContactSheet
    {
        Title = Title,
        Cells = [new ContactCell(DrawOverview(), OverviewCaption()), .. Fields.Select((field, i) =>
            new ContactCell(DrawField(field, InkOf(i)), Caption(field)))],
        Columns = Columns,
    }.Draw();

    private string OverviewCaption() => $"{Picture.Width} x {Picture.Height}, with the fields of " +
        (Fields.Length == 1 ? Fields[0].Field.Layer : $"{Fields[0].Field.Layer} to {Fields[^1].Field.Layer}");

    private static string Caption(EffectiveReceptiveField effective)
    {
        ReceptiveField field = effective.Field;
        (int first, int end) = effective.Columns;
        (int top, int bottom) = effective.Rows;
        bool isCut = end - first < field.Size || bottom - top < field.Size;
        string cut = isCut ? $" (inside: {end - first} x {bottom - top})" : "";
        int side = effective.SideHolding(Share);
        string counts = side == 0
            ? "no channel is active here"
            : FormattableString.Invariant($"{100 * Share:0} % of the gradient: {side} x {side}");
        return $"{field.Layer}, stride {field.Stride}\nfield: {field.Size} x {field.Size}{cut}\n{counts}";
    }

    /// <summary>From yellow for the first layer to red for the last, which are seen on most pictures.</summary>
    private Ink InkOf(int index) => Ink.Mix(
        new Ink(1, 0.92f, 0.2f), new Ink(1, 0.15f, 0.3f), (float)index / Math.Max(1, Fields.Length - 1));

    private Picture DrawOverview()
    {
        Canvas canvas = new(Resampler.Resize(Picture, TileSide));
        double scale = (double)canvas.Picture.Width / Picture.Width;
        foreach ((int i, EffectiveReceptiveField field) in Fields.Index().Reverse())
        {
            (int First, int End) columns = Scaled(field.Columns, 0, scale), rows = Scaled(field.Rows, 0, scale);
            int width = columns.End - columns.First, height = rows.End - rows.First;
            Figure.Outline(canvas, columns.First - 1, rows.First - 1, width + 2, height + 2, Ink.Black);
            Figure.Outline(canvas, columns.First, rows.First, width, height, InkOf(i));
        }

        return canvas.Picture;
    }

    private Picture DrawField(EffectiveReceptiveField field, Ink ink)
    {
        int side = (int)Math.Ceiling(field.Field.Size / FieldShare);
        (int left, int right) = Around(field.Columns, field.Field.Size, side, Picture.Width);
        (int top, int bottom) = Around(field.Rows, field.Field.Size, side, Picture.Height);
        (int width, int height) = Resampler.Fit(right - left, bottom - top, TileSide);
        float largest = field.Strengths.Max();
        Picture shown = new(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int column = left + (x * (right - left) / width), row = top + (y * (bottom - top) / height);
                int from = (row * Picture.Width) + column, to = (y * width) + x;
                (shown.Red[to], shown.Green[to], shown.Blue[to]) = Blend(from, field.Strengths[from], largest);
            }
        }

        Canvas canvas = new(shown);
        double scale = (double)width / (right - left);
        (int First, int End) columns = Scaled(field.Columns, left, scale), rows = Scaled(field.Rows, top, scale);
        Figure.Outline(canvas, columns.First, rows.First, columns.End - columns.First, rows.End - rows.First, ink);
        return shown;
    }

    /// <summary>Blends from dark gray to color with increasing influence of the pixel.</summary>
    private Ink Blend(int pixel, float strength, float largest)
    {
        float gray = (0.299f * Picture.Red[pixel]) + (0.587f * Picture.Green[pixel]) + (0.114f * Picture.Blue[pixel]);
        float root = largest > 0 ? MathF.Sqrt(strength / largest) : 0;
        return Ink.Mix(Ink.Gray(0.1f + (0.4f * gray)), ColorMap.Rising.At(root), MathF.Min(1, 2 * root));
    }

    /// <summary>So many pixels about a span, of which those outside the picture are left out.</summary>
    private static (int First, int End) Around((int First, int End) span, int size, int side, int length)
    {
        // A span at an edge is short; the margin is still that of a whole one.
        int margin = (side - size + 1) / 2;
        return (Math.Max(0, span.First - margin), Math.Min(length, span.End + margin));
    }

    private static (int First, int End) Scaled((int First, int End) span, int origin, double scale)
    {
        int first = (int)Math.Round((span.First - origin) * scale), end = (int)Math.Round((span.End - origin) * scale);
        return (first, Math.Max(end, first + 3));
    }
}
