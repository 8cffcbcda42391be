using System.Buffers.Binary;
using System.Numerics;

namespace Atelier.Imaging.Codecs.Gif;

/// <summary>Writes the frames of a GIF89a file, one after another.</summary>
/// <param name="file">The file to write to.</param>
internal sealed class GifWriter(Stream file)
{
    /// <summary>Writes the headers before the frames.</summary>
    /// <param name="width">Width of the canvas in pixels, at most 65535.</param>
    /// <param name="height">Height of the canvas in pixels, at most 65535.</param>
    /// <param name="loops">Number of repetitions after the first playback; 0 repeats forever.</param>
    public void WriteHeader(int width, int height, int loops)
    {
        // The field after the size declares 8 bits per color and no global palette.
        file.Write([.. "GIF89a"u8, .. Word(width), .. Word(height), 0x70, 0, 0]);
        file.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, .. Word(loops), 0]);
    }

    /// <summary>Writes a frame.</summary>
    public void Write(GifFrame frame)
    {
        byte[] delay = Word(frame.Delay);
        byte flags = (byte)(((int)frame.Disposal << 2) | (frame.Transparent is null ? 0 : 1));
        file.Write([0x21, 0xF9, 4, flags, .. delay, (byte)(frame.Transparent ?? 0), 0]);
        int colorBits = Math.Max(1, BitOperations.Log2((uint)Math.Max(2, frame.Palette.Length / 3) - 1) + 1);
        byte[] palette = new byte[3 << colorBits];
        frame.Palette.CopyTo(palette, 0);
        file.Write([0x2C, .. Word(frame.Left), .. Word(frame.Top), .. Word(frame.Width), .. Word(frame.Height),
            (byte)(0x80 | (colorBits - 1)), .. palette]);
        new GifLzwWriter(file, Math.Max(2, colorBits)).Write(frame.Indices);
    }

    /// <summary>Completes the file.</summary>
    public void WriteEnd() => file.WriteByte(0x3B);

    private static byte[] Word(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)value));
        return bytes;
    }
}
