namespace Atelier.Imaging.Codecs.Gif;

/// <summary>What happens to the area of a frame before the next one is drawn, numbered as in the file.</summary>
internal enum GifDisposal
{
    /// <summary>Unspecified; treated like <see cref="Keep"/>.</summary>
    None = 0,

    /// <summary>The frame remains.</summary>
    Keep = 1,

    /// <summary>The area becomes transparent.</summary>
    Clear = 2,

    /// <summary>The previous contents are restored.</summary>
    Restore = 3,
}

/// <summary>One frame of an animation as stored: part of the canvas, in colors of a palette.</summary>
/// <param name="Left">Columns of the canvas to the left of it.</param>
/// <param name="Top">Rows of the canvas above it.</param>
/// <param name="Width">Width in pixels, 1 or more.</param>
/// <param name="Height">Height in pixels, 1 or more.</param>
/// <param name="Palette">Red, green and blue of up to 256 colors.</param>
/// <param name="Indices">The color of each pixel, row by row from the top.</param>
/// <param name="Transparent">The color that leaves a pixel unchanged; null for none.</param>
/// <param name="Disposal">What happens to its area afterwards.</param>
/// <param name="Delay">How long it is shown, in hundredths of a second.</param>
internal sealed record GifFrame(
    int Left, int Top, int Width, int Height, byte[] Palette, byte[] Indices, int? Transparent, GifDisposal Disposal,
    int Delay);
