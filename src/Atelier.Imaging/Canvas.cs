namespace Atelier.Imaging;

/// <summary>Draws on a picture: rectangles, lines, other pictures and labels. Coordinates are pixels from the top left.
/// Drawing is opaque and clipped to the picture.</summary>
public sealed class Canvas
{
    /// <summary>Creates a canvas with a new picture of one color.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="background">The background color.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public Canvas(int width, int height, Ink background)
        : this(new Picture(width, height)) => Fill(0, 0, width, height, background);

    /// <summary>Creates a canvas that draws on an existing picture and changes it.</summary>
    /// <param name="picture">The picture, with or without alpha.</param>
    public Canvas(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Picture = picture;
    }

    /// <summary>The picture being drawn on; not a copy.</summary>
    public Picture Picture { get; }

    /// <summary>Measures a text as drawn by <see cref="DrawText"/>.</summary>
    /// <param name="text">One or more lines, separated by line feeds.</param>
    /// <param name="scale">Pixels per dot of the font, at least 1.</param>
    /// <returns>Width and height in pixels, without the gap after the last character and line.</returns>
    public static (int Width, int Height) MeasureText(string text, int scale = 2)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        string[] lines = text.Split('\n');
        int characters = lines.Max(line => line.Length);
        return characters == 0
            ? (0, 0)
            : (((characters * BitmapFont.Advance) - 1) * scale, ((lines.Length * BitmapFont.LineHeight) - 1) * scale);
    }

    /// <summary>Fills a rectangle.</summary>
    /// <param name="left">Left edge.</param>
    /// <param name="top">Top edge.</param>
    /// <param name="width">Width in pixels; nothing is drawn unless it is positive.</param>
    /// <param name="height">Height in pixels; nothing is drawn unless it is positive.</param>
    /// <param name="ink">The color.</param>
    public void Fill(int left, int top, int width, int height, Ink ink)
    {
        (int right, int bottom) = (Math.Min(left + width, Picture.Width), Math.Min(top + height, Picture.Height));
        for (int y = Math.Max(top, 0); y < bottom; y++)
        {
            for (int x = Math.Max(left, 0); x < right; x++)
                Set(x, y, ink);
        }
    }

    /// <summary>Draws a line one pixel wide, including both end points.</summary>
    /// <param name="fromX">Column of the first end point.</param>
    /// <param name="fromY">Row of the first end point.</param>
    /// <param name="toX">Column of the second end point.</param>
    /// <param name="toY">Row of the second end point.</param>
    /// <param name="ink">The color.</param>
    public void DrawLine(int fromX, int fromY, int toX, int toY, Ink ink)
    {
        int steps = Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY));
        for (int step = 0; step <= steps; step++)
        {
            double part = steps == 0 ? 0 : (double)step / steps;
            int x = (int)Math.Round(fromX + (part * (toX - fromX)));
            int y = (int)Math.Round(fromY + (part * (toY - fromY)));
            Fill(x, y, 1, 1, ink);
        }
    }

    /// <summary>Draws a picture; the background shows through where it is transparent.</summary>
    /// <param name="source">The picture, which is not changed.</param>
    /// <param name="left">Left edge of the picture.</param>
    /// <param name="top">Top edge of the picture.</param>
    public void DrawPicture(Picture source, int left, int top)
    {
        ArgumentNullException.ThrowIfNull(source);
        int right = Math.Min(source.Width, Picture.Width - left);
        int bottom = Math.Min(source.Height, Picture.Height - top);
        for (int y = Math.Max(0, -top); y < bottom; y++)
        {
            for (int x = Math.Max(0, -left); x < right; x++)
            {
                int from = (y * source.Width) + x, to = ((y + top) * Picture.Width) + x + left;
                float opacity = source.Alpha?[from] ?? 1;
                float Over(float[] plane, float[] behind) => (opacity * plane[from]) + ((1 - opacity) * behind[to]);
                Set(x + left, y + top, new Ink(
                    Over(source.Red, Picture.Red), Over(source.Green, Picture.Green), Over(source.Blue, Picture.Blue)));
            }
        }
    }

    /// <summary>Draws text in a font five dots wide and nine dots high, two of them below the baseline. Characters
    /// outside ASCII are drawn as boxes.</summary>
    /// <param name="text">One or more lines, separated by line feeds.</param>
    /// <param name="left">Left edge of the first character.</param>
    /// <param name="top">Top edge of the first line.</param>
    /// <param name="ink">The color.</param>
    /// <param name="scale">Pixels per dot, at least 1; 2 or more is easy to read.</param>
    public void DrawText(string text, int left, int top, Ink ink, int scale = 2)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        foreach ((int line, string characters) in text.Split('\n').Index())
        {
            for (int place = 0; place < characters.Length; place++)
            {
                int x = left + (place * BitmapFont.Advance * scale), y = top + (line * BitmapFont.LineHeight * scale);
                DrawGlyph(characters[place], x, y, ink, scale);
            }
        }
    }

    private void DrawGlyph(char character, int left, int top, Ink ink, int scale)
    {
        for (int row = 0; row < BitmapFont.GlyphHeight; row++)
        {
            for (int column = 0; column < BitmapFont.GlyphWidth; column++)
            {
                if (BitmapFont.HasInk(character, row, column))
                    Fill(left + (column * scale), top + (row * scale), scale, scale, ink);
            }
        }
    }

    private void Set(int x, int y, Ink ink)
    {
        int index = (y * Picture.Width) + x;
        (Picture.Red[index], Picture.Green[index], Picture.Blue[index]) = (ink.Red, ink.Green, ink.Blue);
        if (Picture.Alpha is float[] alpha)
            alpha[index] = 1;
    }
}
