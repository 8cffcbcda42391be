using System.Buffers.Binary;
using System.Numerics;

namespace Atelier.Imaging.Codecs.Bmp;

/// <summary>The headers of a bitmap, of every version from OS/2 1 to Windows 5.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="IsTopDown">Whether the first stored row is the top one.</param>
/// <param name="BitsPerPixel">1, 4, 8, 16, 24 or 32.</param>
/// <param name="Compression">How the pixels are stored.</param>
/// <param name="Masks">The bits of red, green, blue and alpha in a pixel that is not a palette color.</param>
/// <param name="PaletteStart">Offset of the palette from the start of the file, in bytes.</param>
/// <param name="PaletteEntryLength">Bytes per palette color, 3 or 4.</param>
/// <param name="PaletteColors">Number of colors in the palette.</param>
/// <param name="PixelStart">Offset of the pixels from the start of the file, in bytes.</param>
internal sealed record BmpHeader(
    int Width, int Height, bool IsTopDown, int BitsPerPixel, BmpCompression Compression, uint[] Masks,
    int PaletteStart, int PaletteEntryLength, int PaletteColors, int PixelStart)
{
    private const int FileHeaderLength = 14;
    private const int CoreLength = 12;
    private const int InfoLength = 40;
    private const int Os2Length = 64;

    /// <summary>Maximum length of the headers of any version, in bytes, including masks.</summary>
    public const int MaxLength = FileHeaderLength + 124;

    /// <summary>Whether pixels are indices into the palette.</summary>
    public bool HasPalette => BitsPerPixel <= 8;

    /// <summary>Whether pixels have alpha.</summary>
    public bool HasAlpha => !HasPalette && Masks[3] != 0;

    /// <summary>Bits per sample, 1–16.</summary>
    public int BitDepth => HasPalette ? 8 : Math.Clamp(Masks.Max(BitOperations.PopCount), 1, 16);

    /// <summary>Reads the headers.</summary>
    /// <param name="file">The file, or its first <see cref="MaxLength"/> bytes.</param>
    /// <param name="fileLength">Length of the whole file in bytes.</param>
    /// <param name="limits">The sizes that are accepted.</param>
    /// <exception cref="ImageFormatException">The headers are malformed, unsupported or exceed the limits.</exception>
    public static BmpHeader Parse(ReadOnlySpan<byte> file, long fileLength, DecodeLimits limits)
    {
        if (file.Length < FileHeaderLength + CoreLength) throw CutOff();
        ReadOnlySpan<byte> header = file[FileHeaderLength..];
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        if (length is not (CoreLength or InfoLength or 52 or 56 or Os2Length or 108 or 124))
        {
            throw new ImageFormatException($"BMP: a header of {length} bytes belongs to no known version.");
        }

        if (header.Length < length || start > fileLength) throw CutOff();
        return length == CoreLength
            ? ParseCore(header, (int)start, limits)
            : ParseInfo(header, (int)length, (int)start, limits);
    }

    private static BmpHeader ParseCore(ReadOnlySpan<byte> header, int pixelStart, DecodeLimits limits)
    {
        int width = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        int height = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        limits.Check("BMP", width, height);
        CheckKind(bits, BmpCompression.None);
        int colors = bits <= 8 ? 1 << bits : 0;
        return new BmpHeader(
            width, height, false, bits, BmpCompression.None, UsualMasks(bits),
            FileHeaderLength + CoreLength, 3, colors, pixelStart);
    }

    private static BmpHeader ParseInfo(ReadOnlySpan<byte> header, int length, int pixelStart, DecodeLimits limits)
    {
        long width = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        long height = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(header[14..]);
        BmpCompression compression = (BmpCompression)BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        uint colors = BinaryPrimitives.ReadUInt32LittleEndian(header[32..]);
        limits.Check("BMP", width, Math.Abs(height));
        CheckKind(bits, compression);
        // OS/2 uses the number of bit fields for a fax compression.
        bool hasMasks = compression is BmpCompression.BitFields or BmpCompression.AlphaBitFields;
        if (length == Os2Length && hasMasks)
        {
            throw new ImageFormatException("BMP: this OS/2 compression is not supported.");
        }

        int masksAfterHeader = !hasMasks || length > InfoLength ? 0 : compression == BmpCompression.BitFields ? 12 : 16;
        uint[] masks = hasMasks ? ReadMasks(header, Math.Max(length, InfoLength + masksAfterHeader)) : UsualMasks(bits);
        int most = bits <= 8 ? 1 << bits : 0, used = colors == 0 ? most : (int)Math.Min(colors, most);
        return new BmpHeader(
            (int)width, (int)Math.Abs(height), height < 0, bits, compression, masks,
            FileHeaderLength + length + masksAfterHeader, 4, used, pixelStart);
    }

    private static void CheckKind(int bits, BmpCompression compression)
    {
        bool exists = compression switch
        {
            BmpCompression.None => bits is 1 or 4 or 8 or 16 or 24 or 32,
            BmpCompression.Rle8 => bits == 8,
            BmpCompression.Rle4 => bits == 4,
            BmpCompression.BitFields or BmpCompression.AlphaBitFields => bits is 16 or 32,
            _ => false,
        };
        if (!exists)
        {
            throw new ImageFormatException(
                $"BMP: {bits} bits per pixel with compression {(uint)compression} are not supported.");
        }
    }

    /// <summary>Reads the masks. They follow the 40 bytes of the oldest Windows header, whether or not they are part of
    /// a newer one; <paramref name="end"/> determines whether there is one for alpha.</summary>
    private static uint[] ReadMasks(ReadOnlySpan<byte> header, int end)
    {
        if (header.Length < end) throw CutOff();
        uint[] masks = new uint[4];
        for (int i = 0; i < 4 && InfoLength + (4 * i) + 4 <= end; i++)
        {
            masks[i] = BinaryPrimitives.ReadUInt32LittleEndian(header[(InfoLength + (4 * i))..]);
        }

        return masks;
    }

    private static uint[] UsualMasks(int bits)
        => bits == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0xFF0000, 0xFF00, 0xFF, 0];

    private static ImageFormatException CutOff() => new("BMP: the headers are truncated.");
}
