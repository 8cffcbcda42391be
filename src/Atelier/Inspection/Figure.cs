using Atelier.Imaging;

namespace Atelier.Inspection;

/// <summary>Helpers shared by all raster figures.</summary>
internal static class Figure
{
    internal static Ink Print => ContactSheet.Print;

    /// <summary>Stacks pictures vertically.</summary>
    internal static Picture Stack(IReadOnlyList<Picture> pictures)
    {
        Canvas canvas = new(
            pictures.Max(picture => picture.Width), pictures.Sum(picture => picture.Height), ContactSheet.Paper);
        int top = 0;
        foreach (Picture picture in pictures)
        {
            canvas.DrawPicture(picture, 0, top);
            top += picture.Height;
        }

        return canvas.Picture;
    }

    /// <summary>Draws a map of numbers at any size: each number becomes a rectangle when enlarging, and is weighted by
    /// area when shrinking.</summary>
    internal static Picture Paint(
        ReadOnlySpan<float> map, int width, int height, int newWidth, int newHeight, Func<float, Ink> color)
    {
        (int shownWidth, int shownHeight) = (Math.Min(width, newWidth), Math.Min(height, newHeight));
        float[] shown = Resampler.ResizePlane(
            map, width, height, shownWidth, shownHeight, ResampleFilter.Bilinear);
        Picture picture = new(newWidth, newHeight);
        for (int y = 0; y < newHeight; y++)
        {
            int row = (int)((y + 0.5) * shownHeight / newHeight);
            for (int x = 0; x < newWidth; x++)
            {
                int column = (int)((x + 0.5) * shownWidth / newWidth), i = (y * newWidth) + x;
                (picture.Red[i], picture.Green[i], picture.Blue[i]) = color(shown[(row * shownWidth) + column]);
            }
        }

        return picture;
    }

    /// <summary>Draws the outline of a rectangle, two pixels wide, inward.</summary>
    internal static void Outline(Canvas canvas, int left, int top, int width, int height, Ink ink)
    {
        const int Pen = 2;
        canvas.Fill(left, top, width, Pen, ink);
        canvas.Fill(left, top + height - Pen, width, Pen, ink);
        canvas.Fill(left, top, Pen, height, ink);
        canvas.Fill(left + width - Pen, top, Pen, height, ink);
    }
}
