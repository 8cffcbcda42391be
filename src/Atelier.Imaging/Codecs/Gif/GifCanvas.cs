namespace Atelier.Imaging.Codecs.Gif;

/// <summary>The picture that the frames of an animation are drawn on.</summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
internal sealed class GifCanvas(int width, int height)
{
    private const uint Opaque = 0xFF000000;

    /// <summary>Opacity, red, green and blue of each pixel; 0 where nothing was drawn.</summary>
    private readonly uint[] _pixels = new uint[width * height];

    private GifFrame? _last;
    private uint[]? _before;

    /// <summary>Draws the next frame, after applying the disposal of the previous one.</summary>
    public void Draw(GifFrame frame)
    {
        Dispose(_last);
        _last = frame;
        _before = frame.Disposal == GifDisposal.Restore ? [.. _pixels] : null;
        uint[] colors = new uint[256];
        for (int i = 0; i < colors.Length; i++)
        {
            // Colors that the palette does not have are black.
            ReadOnlySpan<byte> color = (3 * i) + 3 <= frame.Palette.Length ? frame.Palette.AsSpan(3 * i, 3) : [0, 0, 0];
            colors[i] = Opaque | ((uint)color[0] << 16) | ((uint)color[1] << 8) | color[2];
        }

        (int columns, int rows) = Visible(frame);
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> from = frame.Indices.AsSpan(y * frame.Width, columns);
            Span<uint> to = Row(frame, y, columns);
            for (int x = 0; x < to.Length; x++)
            {
                if (from[x] != frame.Transparent) to[x] = colors[from[x]];
            }
        }
    }

    /// <summary>Returns the current picture, with alpha only if a pixel is transparent.</summary>
    public Picture ToPicture() => ToPicture(_pixels.AsSpan().Contains(0u), paper: 0);

    /// <summary>Returns the current picture on a white background, as browsers show it.</summary>
    public Picture OnWhite() => ToPicture(hasAlpha: false, paper: uint.MaxValue);

    private Picture ToPicture(bool hasAlpha, uint paper)
    {
        float[] levels = Samples.Levels(8);
        Picture picture = new(width, height, hasAlpha);
        for (int i = 0; i < _pixels.Length; i++)
        {
            uint pixel = _pixels[i] == 0 ? paper : _pixels[i];
            picture.Red[i] = levels[(byte)(pixel >> 16)];
            picture.Green[i] = levels[(byte)(pixel >> 8)];
            picture.Blue[i] = levels[(byte)pixel];
            if (hasAlpha) picture.Alpha![i] = levels[(byte)(pixel >> 24)];
        }

        return picture;
    }

    private void Dispose(GifFrame? frame)
    {
        if (frame?.Disposal == GifDisposal.Restore)
        {
            _before!.CopyTo(_pixels, 0);
        }
        else if (frame?.Disposal == GifDisposal.Clear)
        {
            (int columns, int rows) = Visible(frame);
            for (int y = 0; y < rows; y++) Row(frame, y, columns).Clear();
        }
    }

    /// <summary>Returns the size of the part of a frame that lies on the canvas.</summary>
    private (int Columns, int Rows) Visible(GifFrame frame)
        => (Math.Clamp(width - frame.Left, 0, frame.Width), Math.Clamp(height - frame.Top, 0, frame.Height));

    private Span<uint> Row(GifFrame frame, int y, int columns)
        => columns == 0 ? [] : _pixels.AsSpan(((frame.Top + y) * width) + frame.Left, columns);
}
