using System.Buffers.Binary;

namespace Atelier.Imaging.Codecs.Tga;

/// <summary>The header of a TGA file.</summary>
/// <param name="Kind">What a stored value is.</param>
/// <param name="IsCompressed">Whether the values are run-length coded.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="BitsPerValue">8, 15, 16, 24 or 32.</param>
/// <param name="AlphaBits">Bits of alpha in a value, according to the header.</param>
/// <param name="IsRightToLeft">Whether rows begin at the right.</param>
/// <param name="IsTopDown">Whether the first row is the top one.</param>
/// <param name="PaletteStart">Offset of the palette from the start of the file, in bytes.</param>
/// <param name="PaletteFirst">The index of the first color in the palette.</param>
/// <param name="PaletteColors">Number of colors in the palette.</param>
/// <param name="PaletteBits">Bits of a color in the palette.</param>
internal sealed record TgaHeader(
    TgaKind Kind, bool IsCompressed, int Width, int Height, int BitsPerValue, int AlphaBits, bool IsRightToLeft,
    bool IsTopDown, int PaletteStart, int PaletteFirst, int PaletteColors, int PaletteBits)
{
    /// <summary>Length of the header in bytes.</summary>
    public const int Length = 18;

    private const int CompressedFlag = 8, RightToLeftFlag = 0x10, TopDownFlag = 0x20, InterleavedFlags = 0xC0;

    /// <summary>Whether pixels have alpha. Many writers of 32 bits do not declare theirs.</summary>
    public bool HasAlpha => Kind switch
    {
        TgaKind.Gray => BitsPerValue == 16,
        TgaKind.Palette => PaletteBits == 32,
        TgaKind.Color => BitsPerValue == 32 || (BitsPerValue == 16 && AlphaBits == 1),
        _ => throw new InvalidOperationException($"Unknown kind {Kind}."),
    };

    /// <summary>Offset of the pixels from the start of the file, in bytes.</summary>
    public int PixelStart => PaletteStart + (PaletteColors * BytesOf(PaletteBits));

    /// <summary>Bytes of a value of a number of bits.</summary>
    public static int BytesOf(int bits) => (bits + 7) / 8;

    /// <summary>Whether the bytes at the start of a file can be the header of a picture.</summary>
    public static bool IsPlausible(ReadOnlySpan<byte> start)
    {
        if (start.Length < Length || start[1] > 1 || (start[17] & InterleavedFlags) != 0) return false;
        int kind = start[2] & ~CompressedFlag, bits = start[16], paletteBits = start[7];
        bool hasPalette = start[1] == 1, hasSize = Short(start, 12) > 0 && Short(start, 14) > 0;
        bool isPaletteKnown = paletteBits is 15 or 16 or 24 or 32 && Short(start, 5) > 0;
        return hasSize && (!hasPalette || isPaletteKnown) && (TgaKind)kind switch
        {
            TgaKind.Palette => hasPalette && bits == 8,
            TgaKind.Color => bits is 15 or 16 or 24 or 32,
            TgaKind.Gray => bits is 8 or 16,
            _ => false,
        };
    }

    /// <summary>Reads the header from the start of a file.</summary>
    /// <exception cref="ImageFormatException">The header is unsupported or exceeds the limits.</exception>
    public static TgaHeader Parse(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        if (!IsPlausible(file))
        {
            throw new ImageFormatException("TGA: the header is damaged, or of a kind that is not supported.");
        }

        int width = Short(file, 12), height = Short(file, 14), flags = file[17];
        limits.Check("TGA", width, height);
        bool hasPalette = file[1] == 1;
        return new TgaHeader(
            (TgaKind)(file[2] & ~CompressedFlag), (file[2] & CompressedFlag) != 0, width, height, file[16],
            flags & 15, (flags & RightToLeftFlag) != 0, (flags & TopDownFlag) != 0, Length + file[0],
            Short(file, 3), hasPalette ? Short(file, 5) : 0, hasPalette ? file[7] : 0);
    }

    private static int Short(ReadOnlySpan<byte> file, int offset)
        => BinaryPrimitives.ReadUInt16LittleEndian(file[offset..]);
}

/// <summary>What a stored value of a TGA file is, with the values of the file.</summary>
internal enum TgaKind
{
    Palette = 1,
    Color = 2,
    Gray = 3,
}
