using System.Runtime.InteropServices;

namespace Atelier.Weights;

/// <summary>A random-access source of bytes with known length: a file, part of a file, or a member of an archive.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal abstract class ByteSource
{
    private const int ChunkBytes = 1 << 16;

    internal abstract long Length { get; }

    /// <summary>Fills a span from an offset that has already been validated.</summary>
    /// <exception cref="EndOfStreamException">The source ended unexpectedly.</exception>
    /// <exception cref="InvalidDataException">The bytes cannot be decompressed.</exception>
    protected abstract void ReadInside(long offset, Span<byte> bytes);

    /// <summary>Fills a span.</summary>
    /// <exception cref="WeightFormatException">The file ends too early, or is damaged.</exception>
    internal void Read(long offset, Span<byte> bytes)
    {
        if (offset < 0 || offset > Length - bytes.Length)
        {
            throw CutOff();
        }

        try
        {
            ReadInside(offset, bytes);
        }
        catch (EndOfStreamException)
        {
            throw CutOff();
        }
        catch (InvalidDataException error)
        {
            throw new WeightFormatException("a compressed part is damaged. Download the file again.", error);
        }
    }

    /// <summary>Reads consecutive numbers.</summary>
    internal float[] ReadNumbers(long offset, WeightType type, int count, bool bigEndian = false)
    {
        int size = type.BytesPerValue();
        if (offset < 0 || offset > Length || count > (Length - offset) / size)
        {
            throw CutOff();
        }

        float[] values = new float[count];
        if (type == WeightType.F32 && BitConverter.IsLittleEndian && !bigEndian)
        {
            Read(offset, MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        byte[] room = new byte[(int)Math.Min(ChunkBytes, (long)count * size)];
        for (int done = 0; done < count;)
        {
            int part = Math.Min(room.Length / size, count - done);
            Span<byte> bytes = room.AsSpan(0, part * size);
            Read(offset + ((long)done * size), bytes);
            if (bigEndian)
            {
                ReverseEach(bytes, size);
            }

            type.Widen(bytes, values.AsSpan(done, part));
            done += part;
        }

        return values;
    }

    internal static WeightFormatException CutOff() => new("the file is truncated or damaged. Download it again.");

    private static void ReverseEach(Span<byte> bytes, int size)
    {
        for (int i = 0; i < bytes.Length; i += size)
            bytes.Slice(i, size).Reverse();
    }
}

/// <summary>Part of a seekable stream.</summary>
internal sealed class StreamBytes(Stream stream, long begin, long length) : ByteSource
{
    internal StreamBytes(Stream stream) : this(stream, 0, stream.Length) { }

    internal override long Length => length;

    /// <summary>Returns part of this part.</summary>
    /// <exception cref="WeightFormatException">The range is not inside this part.</exception>
    internal StreamBytes Slice(long offset, long count)
        => offset >= 0 && count >= 0 && offset <= length && count <= length - offset
            ? new StreamBytes(stream, begin + offset, count)
            : throw CutOff();

    protected override void ReadInside(long offset, Span<byte> bytes)
    {
        stream.Position = begin + offset;
        stream.ReadExactly(bytes);
    }
}
