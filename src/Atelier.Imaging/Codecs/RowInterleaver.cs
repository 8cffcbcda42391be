using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Atelier.Imaging.Codecs;

/// <summary>Converts the samples of a picture to the layout of files: pixel by pixel, rounded to 8 or big-endian 16
/// bits.</summary>
/// <param name="picture">The picture.</param>
/// <param name="channels">3 for red, green and blue, 4 for alpha as well.</param>
/// <param name="bits">Bits per sample, 8 or 16.</param>
internal sealed class RowInterleaver(Picture picture, int channels, int bits)
{
    private readonly byte[] _bytes = new byte[picture.Width];
    private readonly ushort[] _words = new ushort[picture.Width];

    /// <summary>Number of bytes in a row.</summary>
    public int RowLength { get; } = checked(picture.Width * channels * (bits / 8));

    /// <summary>Writes the bytes of row <paramref name="y"/>.</summary>
    public void Write(int y, Span<byte> row)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<float> samples = picture.Planes[channel].AsSpan(y * picture.Width, picture.Width);
            if (bits == 8)
            {
                Samples.Round(samples, _bytes);
                Spread<byte>(_bytes, row, channel);
            }
            else
            {
                Samples.Round(samples, _words);
                if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(_words, _words);
                Spread<ushort>(_words, MemoryMarshal.Cast<byte, ushort>(row), channel);
            }
        }
    }

    private void Spread<T>(ReadOnlySpan<T> samples, Span<T> row, int channel)
    {
        for (int i = 0; i < samples.Length; i++, channel += channels) row[channel] = samples[i];
    }
}
