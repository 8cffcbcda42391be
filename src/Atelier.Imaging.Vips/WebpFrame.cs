using System.Buffers.Binary;

namespace Atelier.Imaging.Vips;

/// <summary>A frame in a WebP file.</summary>
/// <param name="Start">Where its chunks begin.</param>
/// <param name="Length">Bytes of its chunks.</param>
/// <param name="Duration">How long it is shown, in milliseconds.</param>
/// <param name="IsBlended">Whether what is below it shows through.</param>
/// <param name="IsCleared">Whether its area becomes transparent before the next frame.</param>
internal readonly record struct WebpFrame(
    int Start, int Length, int Left, int Top, int Width, int Height, int Duration, bool IsBlended, bool IsCleared)
{
    private const int FileHeader = 12, ChunkHeader = 8, FrameHeader = 16;

    /// <summary>Returns the frames of a file; none if it is not animated.</summary>
    public static List<WebpFrame> FindIn(ReadOnlySpan<byte> file)
    {
        List<WebpFrame> frames = [];
        for (int at = FileHeader; Chunk(file, at, out int length); at = Next(file, at, length))
        {
            ReadOnlySpan<byte> head = file.Slice(at + ChunkHeader, length);
            if (!file[at..].StartsWith("ANMF"u8) || length < FrameHeader) continue;
            frames.Add(new WebpFrame(
                at + ChunkHeader + FrameHeader, length - FrameHeader, 2 * Number(head), 2 * Number(head[3..]),
                Number(head[6..]) + 1, Number(head[9..]) + 1, Number(head[12..]), (head[15] & 2) == 0,
                (head[15] & 1) != 0));
        }

        return frames;
    }

    /// <summary>Returns the size that an animated file declares.</summary>
    /// <exception cref="ImageFormatException">The file declares none.</exception>
    public static (int Width, int Height) CanvasOf(ReadOnlySpan<byte> file)
        => file[FileHeader..].StartsWith("VP8X"u8) && file.Length >= FileHeader + ChunkHeader + 10
            ? (Number(file[(FileHeader + ChunkHeader + 4)..]) + 1, Number(file[(FileHeader + ChunkHeader + 7)..]) + 1)
            : throw new ImageFormatException("WebP: an animation without a size.");

    /// <summary>Returns the profile of a file; null for none.</summary>
    public static byte[]? ProfileIn(ReadOnlySpan<byte> file)
    {
        for (int at = FileHeader; Chunk(file, at, out int length); at = Next(file, at, length))
        {
            if (file[at..].StartsWith("ICCP"u8)) return file.Slice(at + ChunkHeader, length).ToArray();
        }

        return null;
    }

    /// <summary>Returns a file of this frame alone.</summary>
    public byte[] ToFile(ReadOnlySpan<byte> file)
    {
        const byte AlphaFlag = 16;
        byte[] Sized(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
        ReadOnlySpan<byte> chunks = file.Slice(Start, Length);
        byte[] header = chunks.StartsWith("ALPH"u8)
            ? [.. "VP8X"u8, 10, 0, 0, 0, AlphaFlag, 0, 0, 0, .. Sized(Width - 1), .. Sized(Height - 1)] : [];
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, 4 + header.Length + chunks.Length);
        return [.. "RIFF"u8, .. length, .. "WEBP"u8, .. header, .. chunks];
    }

    /// <summary>Returns whether a whole chunk begins at a place, and its length without its header.</summary>
    private static bool Chunk(ReadOnlySpan<byte> file, int at, out int length)
    {
        length = 0;
        if (at > file.Length - ChunkHeader) return false;
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
        if (stored > file.Length - at - ChunkHeader) return false;
        length = (int)stored;
        return true;
    }

    private static int Next(ReadOnlySpan<byte> file, int at, int length)
        => (int)Math.Min(file.Length, at + (long)ChunkHeader + length + (length & 1));

    private static int Number(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
