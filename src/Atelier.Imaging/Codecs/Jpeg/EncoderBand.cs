using System.Runtime.CompilerServices;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The pixels of one row of MCUs as YCbCr centered on 0, extended to whole MCUs by repeating the last pixel
/// and the last row.</summary>
internal sealed class EncoderBand
{
    private const float Peak = 255f;
    private const float Center = 128f;

    private readonly Picture _picture;
    private readonly int _factor;
    private readonly int _width;
    private readonly int _height;

    /// <param name="picture">The picture, which is composited over white if it has alpha.</param>
    /// <param name="factor">Width and height of an MCU in blocks; 2 halves the resolution of color.</param>
    internal EncoderBand(Picture picture, int factor)
    {
        (_picture, _factor) = (picture, factor);
        _height = factor * Block.Size;
        _width = JpegComponent.CeilingDivide(picture.Width, _height) * _height;
        Planes = [new float[_width * _height], new float[_width * _height], new float[_width * _height]];
    }

    /// <summary>Y, Cb and Cr, the latter two at the resolution of color.</summary>
    internal float[][] Planes { get; }

    /// <summary>Loads the pixels of a row of MCUs.</summary>
    internal void Load(int mcuRow)
    {
        for (int row = 0; row < _height; row++)
        {
            int y = Math.Min((mcuRow * _height) + row, _picture.Height - 1);
            ConvertRow(y * _picture.Width, row * _width);
            foreach (float[] plane in Planes)
            {
                Span<float> target = plane.AsSpan(row * _width, _width);
                target[_picture.Width..].Fill(target[_picture.Width - 1]);
            }
        }

        if (_factor == 2)
        {
            Halve(Planes[1]);
            Halve(Planes[2]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ConvertRow(int source, int target)
    {
        int width = _picture.Width;
        ReadOnlySpan<float> reds = _picture.Red.AsSpan(source, width), greens = _picture.Green.AsSpan(source, width);
        ReadOnlySpan<float> blues = _picture.Blue.AsSpan(source, width);
        ReadOnlySpan<float> alphas = _picture.Alpha is float[] alpha ? alpha.AsSpan(source, width) : default;
        Span<float> lumas = Planes[0].AsSpan(target, width), cbs = Planes[1].AsSpan(target, width);
        Span<float> crs = Planes[2].AsSpan(target, width);
        for (int x = 0; x < width; x++)
        {
            float opacity = alphas.IsEmpty ? 1f : alphas[x];
            float red = Level(reds[x], opacity), green = Level(greens[x], opacity), blue = Level(blues[x], opacity);
            float luma = (0.299f * red) + (0.587f * green) + (0.114f * blue);
            lumas[x] = luma - Center;
            cbs[x] = (blue - luma) * (0.5f / (1f - 0.114f));
            crs[x] = (red - luma) * (0.5f / (1f - 0.299f));
        }
    }

    /// <summary>Returns a sample composited over white, in [0, 255].</summary>
    private static float Level(float sample, float opacity)
        => Math.Clamp(1f + ((sample - 1f) * opacity), 0f, 1f) * Peak;

    /// <summary>Replaces each 2 × 2 samples with their mean.</summary>
    private void Halve(float[] plane)
    {
        int width = _width / 2, height = _height / 2;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> upper = plane.AsSpan(2 * y * _width, _width);
            ReadOnlySpan<float> lower = plane.AsSpan(((2 * y) + 1) * _width, _width);
            Span<float> result = plane.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
            {
                result[x] = (upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1]) * 0.25f;
            }
        }
    }
}
