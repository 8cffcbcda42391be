using System.Buffers.Binary;

namespace Atelier.Video.Ffmpeg;

/// <summary>Writes raw frames with timestamps as a Matroska stream of uncompressed video (RFC 9559). ffmpeg's raw video
/// input supports only constant frame rates; this format stores arbitrary timestamps in nanoseconds, finer than any
/// ticks.</summary>
/// <param name="output">The stream to write to.</param>
/// <param name="timeBase">Length of a tick in seconds.</param>
internal sealed class MatroskaFrameWriter(Stream output, Rational timeBase)
{
    private const uint
        Ebml = 0x1A45DFA3, DocType = 0x4282, DocTypeVersion = 0x4287, DocTypeReadVersion = 0x4285,
        Segment = 0x18538067, Info = 0x1549A966, TimestampScale = 0x2AD7B1, MuxingApp = 0x4D80, WritingApp = 0x5741,
        Tracks = 0x1654AE6B, TrackEntry = 0xAE, TrackNumber = 0xD7, TrackUid = 0x73C5, TrackType = 0x83,
        CodecId = 0x86, DefaultDuration = 0x23E383, Video = 0xE0, PixelWidth = 0xB0, PixelHeight = 0xBA,
        ColorSpace = 0x2EB524, Cluster = 0x1F43B675, Timestamp = 0xE7, BlockGroup = 0xA0, Block = 0xA1,
        BlockDuration = 0x9B;

    // A length with all bits set means that it continues to the end of the stream.
    private const ulong UnknownLength = 0x01FF_FFFF_FFFF_FFFF;

    /// <summary>Writes the header before the frames.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="frameRate">Frames per second; the mean if the rate varies.</param>
    public void WriteHeader(int width, int height, Rational frameRate)
    {
        byte[] segment = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(segment, Segment);
        BinaryPrimitives.WriteUInt64BigEndian(segment.AsSpan(4), UnknownLength);
        output.Write(
        [
            .. Element(Ebml,
                [.. Word(DocType, "matroska"u8), .. Number(DocTypeVersion, 4), .. Number(DocTypeReadVersion, 2)]),
            .. segment,
            .. Element(Info,
                [.. Number(TimestampScale, 1), .. Word(MuxingApp, "atelier"u8), .. Word(WritingApp, "atelier"u8)]),
            .. Element(Tracks, Element(TrackEntry,
            [
                .. Number(TrackNumber, 1), .. Number(TrackUid, 1), .. Number(TrackType, 1),
                .. Word(CodecId, "V_UNCOMPRESSED"u8), .. Number(DefaultDuration, Nanoseconds(1, frameRate.Inverse)),
                .. Element(Video,
                    [.. Number(PixelWidth, width), .. Number(PixelHeight, height), .. Word(ColorSpace, "RGB\x18"u8)]),
            ])),
        ]);
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="pixels">Red, green and blue of each pixel, 8 bits each.</param>
    /// <param name="time">Timestamp in ticks.</param>
    /// <param name="duration">Duration in ticks.</param>
    public void Write(ReadOnlySpan<byte> pixels, long time, long duration)
    {
        // The block belongs to track 1, has the timestamp of its cluster, and has no flags.
        byte[] block = [0x81, 0, 0, 0];
        byte[] after = Number(BlockDuration, Nanoseconds(duration, timeBase));
        byte[] start = Number(Timestamp, Nanoseconds(time, timeBase));
        long blockLength = block.Length + pixels.Length;
        byte[] blockHead = Head(Block, blockLength);
        long groupLength = blockHead.Length + blockLength + after.Length;
        byte[] groupHead = Head(BlockGroup, groupLength);
        output.Write([.. Head(Cluster, start.Length + groupHead.Length + groupLength), .. start, .. groupHead,
            .. blockHead, .. block]);
        output.Write(pixels);
        output.Write(after);
    }

    private static long Nanoseconds(long ticks, Rational tick)
        => (long)(((Int128)ticks * tick.Numerator * 2_000_000_000 + tick.Denominator) / (2 * (Int128)tick.Denominator));

    private static byte[] Element(uint id, byte[] content) => [.. Head(id, content.Length), .. content];

    private static byte[] Word(uint id, ReadOnlySpan<byte> text) => Element(id, text.ToArray());

    private static byte[] Number(uint id, long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return Element(id, bytes);
    }

    /// <summary>Returns the header of an element: an identifier, which has no leading zeros, and a length in eight
    /// bytes.</summary>
    private static byte[] Head(uint id, long length)
    {
        byte[] bytes = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, id);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(4), (1L << 56) | length);
        return bytes[(int.LeadingZeroCount((int)id) / 8)..];
    }
}
