using System.Buffers.Binary;
using System.IO.Compression;

namespace Atelier.Weights.Hdf5;

/// <summary>The filters that were applied to chunks before they were stored, versions 1 and 2. They are undone from the
/// last to the first.</summary>
internal sealed class FilterPipeline
{
    private const int Deflate = 1, Shuffle = 2, Fletcher32 = 3;
    private const int FirstNamedFilter = 256;
    private const int MaxFilters = 32;
    private const int ChecksumBytes = 4;

    // Deflate compresses at most 1032 bytes into one.
    private const int MaxInflation = 1032;

    private readonly List<(int Id, long Parameter)> _filters = [];

    internal static FilterPipeline None { get; } = new();

    internal bool IsEmpty => _filters.Count == 0;

    internal static FilterPipeline Read(Cursor message)
    {
        FilterPipeline pipeline = new();
        int version = message.Version(1, 2), count = message.Byte();
        message.Skip(version == 1 ? 6 : 0);
        if (count > MaxFilters)
        {
            throw message.Error($"at most {MaxFilters} filters were expected, found {count}");
        }

        for (int i = 0; i < count; i++)
        {
            int id = message.UInt16();
            int nameBytes = version == 1 || id >= FirstNamedFilter ? message.UInt16() : 0;
            message.Skip(2);
            int parameters = message.UInt16();
            message.Skip(version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes);
            long parameter = parameters > 0 ? message.UInt32() : 0;
            message.Skip(4 * Math.Max(parameters - 1, 0));
            message.Skip(version == 1 && parameters % 2 != 0 ? 4 : 0);
            if (id is not (Deflate or Shuffle or Fletcher32))
            {
                throw message.Error($"filter {id} is not supported; only deflate (gzip), shuffle and fletcher32 " +
                    "are. Save the weights without other filters");
            }

            pipeline._filters.Add((id, parameter));
        }

        return pipeline;
    }

    /// <summary>Returns the maximum number of bytes that a stored chunk can expand to.</summary>
    internal long MaxBytes(Chunk chunk) => _filters.Where((filter, i) => Applies(chunk, i) && filter.Id == Deflate)
        .Aggregate(chunk.Bytes, (bytes, _) => bytes > int.MaxValue ? bytes : bytes * MaxInflation);

    /// <summary>Returns the bytes of a chunk before its filters were applied.</summary>
    internal byte[] Undo(Hdf5File file, Chunk chunk, byte[] stored, int chunkBytes)
    {
        byte[] bytes = stored;
        for (int i = _filters.Count - 1; i >= 0; i--)
        {
            if (Applies(chunk, i))
            {
                bytes = _filters[i].Id switch
                {
                    Deflate => Inflate(file, chunk, bytes, chunkBytes + (ChecksumBytes * _filters.Count)),
                    Shuffle => Unshuffle(bytes, _filters[i].Parameter),
                    _ => Verify(file, chunk, bytes),
                };
            }
        }

        return bytes.Length == chunkBytes
            ? bytes
            : throw file.Error(chunk.Address, $"chunk: {chunkBytes} bytes were expected, found {bytes.Length}.");
    }

    private static bool Applies(Chunk chunk, int filter) => (chunk.FilterMask & (1u << filter)) == 0;

    private static byte[] Inflate(Hdf5File file, Chunk chunk, byte[] stored, int maxBytes)
    {
        byte[] room = new byte[(int)Math.Min(maxBytes, (long)stored.Length * MaxInflation)];
        try
        {
            using ZLibStream inflater = new(new MemoryStream(stored), CompressionMode.Decompress);
            int length = inflater.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
            return length == room.Length ? room : room[..length];
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new WeightFormatException(
                file.Error(chunk.Address, "chunk: invalid deflate data; the file is damaged.").Message,
                error);
        }
    }

    /// <summary>Undoes the shuffle filter, which stores all first bytes of the values, then all second bytes, and so
    /// on.</summary>
    private static byte[] Unshuffle(byte[] bytes, long numberBytes)
    {
        if (numberBytes <= 1 || numberBytes > bytes.Length)
        {
            return bytes;
        }

        int width = (int)numberBytes, count = bytes.Length / width;
        byte[] numbers = new byte[bytes.Length];
        for (int part = 0; part < width; part++)
        {
            ReadOnlySpan<byte> source = bytes.AsSpan(part * count, count);
            for (int i = 0; i < count; i++)
                numbers[(i * width) + part] = source[i];
        }

        // Bytes that do not fill a value were left in place.
        bytes.AsSpan(count * width).CopyTo(numbers.AsSpan(count * width));
        return numbers;
    }

    private static byte[] Verify(Hdf5File file, Chunk chunk, byte[] bytes)
    {
        ReadOnlySpan<byte> data = bytes.AsSpan(0, Math.Max(0, bytes.Length - ChecksumBytes));
        return bytes.Length >= ChecksumBytes
            && Fletcher.Hash(data) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(data.Length))
            ? data.ToArray()
            : throw file.Error(chunk.Address, "chunk: does not match its checksum; the file is damaged.");
    }
}
