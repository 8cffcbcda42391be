using System.Buffers.Binary;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>The IHDR chunk: the size of the picture and how its pixels are stored.</summary>
internal readonly record struct PngHeader(
    int Width, int Height, int BitDepth, PngColorType ColorType, bool IsInterlaced)
{
    /// <summary>Length of the chunk's data in bytes.</summary>
    public const int Length = 13;

    /// <summary>Rows longer than this many bytes are rejected: no real picture has them, and they would not fit into
    /// arrays.</summary>
    private const long MaxRowLength = 1 << 29;

    /// <summary>Samples per pixel, 1–4.</summary>
    public int Channels => ColorType switch
    {
        PngColorType.Rgb => 3,
        PngColorType.GrayAlpha => 2,
        PngColorType.Rgba => 4,
        _ => 1,
    };

    /// <summary>Bits per sample of the picture; palette colors have eight.</summary>
    public int PictureBitDepth => ColorType == PngColorType.Palette ? 8 : BitDepth;

    /// <summary>The distance in bytes between a sample and the one to its left that predicts it.</summary>
    public int FilterDistance => Math.Max(1, Channels * BitDepth / 8);

    /// <summary>The grids of pixels that are stored one after another.</summary>
    public ReadOnlySpan<Adam7Pass> Passes => IsInterlaced ? Adam7Pass.Interlaced : Adam7Pass.Whole;

    /// <summary>Total bytes of all rows before compression, including their filter bytes.</summary>
    public long RawLength
    {
        get
        {
            long length = 0;
            foreach (Adam7Pass pass in Passes)
            {
                int width = pass.WidthIn(Width);
                length += width == 0 ? 0 : (long)pass.HeightIn(Height) * (1 + RowLength(width));
            }

            return length;
        }
    }

    /// <summary>Returns the number of bytes in a row of pixels, without its filter byte.</summary>
    public long RowLength(int width) => (((long)width * Channels * BitDepth) + 7) / 8;

    /// <summary>Reads and validates the chunk's data.</summary>
    /// <exception cref="ImageFormatException">The header is malformed, or the picture exceeds the limits.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> data, DecodeLimits limits)
    {
        if (data.Length != Length)
        {
            throw new ImageFormatException($"PNG IHDR: {data.Length} bytes long; {Length} were expected.");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        (int depth, PngColorType colorType) = (data[8], (PngColorType)data[9]);
        limits.Check("PNG IHDR", width, height);
        if (!IsAllowed(colorType, depth))
        {
            throw new ImageFormatException(
                $"PNG IHDR: color type {data[9]} with {depth} bits per sample does not exist.");
        }

        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new ImageFormatException(
                $"PNG IHDR: compression {data[10]}, filter {data[11]} and interlace {data[12]}; " +
                "0, 0 and 0 or 1 were expected.");
        }

        PngHeader header = new((int)width, (int)height, depth, colorType, data[12] == 1);
        return header.RowLength(header.Width) <= MaxRowLength
            ? header
            : throw new ImageFormatException($"PNG IHDR: rows of {width} pixels are too long.");
    }

    /// <summary>The chunk's data.</summary>
    public byte[] ToBytes()
    {
        byte[] data = new byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(data, Width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), Height);
        (data[8], data[9], data[12]) = ((byte)BitDepth, (byte)ColorType, IsInterlaced ? (byte)1 : (byte)0);
        return data;
    }

    private static bool IsAllowed(PngColorType colorType, int depth) => colorType switch
    {
        PngColorType.Gray => depth is 1 or 2 or 4 or 8 or 16,
        PngColorType.Palette => depth is 1 or 2 or 4 or 8,
        PngColorType.Rgb or PngColorType.GrayAlpha or PngColorType.Rgba => depth is 8 or 16,
        _ => false,
    };
}
