using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>Reads safetensors files: an eight-byte length, a JSON header, the raw numbers. F32, F16 and BF16.</summary>
public static class SafetensorsReader
{
    // What the format's own readers allow.
    private const long MostHeaderBytes = 100_000_000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="WeightFormatException">The file is damaged or not safetensors;
    /// the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WeightStore Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            return Read(stream);
        }
        catch (WeightFormatException error)
        {
            throw new WeightFormatException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Reads from a stream that can seek.</summary>
    /// <exception cref="WeightFormatException">The contents are damaged or not safetensors.</exception>
    public static WeightStore Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long length = stream.Length;
        if (length < 8)
        {
            throw new WeightFormatException($"not a safetensors file: {length} bytes is shorter than its first field.");
        }

        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerBytes > MostHeaderBytes || (long)headerBytes > length - 8)
        {
            throw new WeightFormatException(
                $"not a safetensors file, or cut off: its header of {headerBytes} bytes does not fit " +
                $"the file of {length}.");
        }

        byte[] header = new byte[headerBytes];
        stream.ReadExactly(header);
        long dataStart = 8 + (long)headerBytes;
        (List<SafetensorsEntry> entries, ImmutableSortedDictionary<string, string> metadata) =
            SafetensorsHeader.Read(header, length - dataStart);
        ImmutableSortedDictionary<string, WeightTensor>.Builder tensors =
            ImmutableSortedDictionary.CreateBuilder<string, WeightTensor>(StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in entries)
        {
            stream.Position = dataStart + entry.Begin;
            tensors.Add(entry.Name, ReadTensor(stream, entry));
        }

        return new WeightStore { Tensors = tensors.ToImmutable(), Metadata = metadata };
    }

    private static WeightTensor ReadTensor(Stream stream, SafetensorsEntry entry)
    {
        byte[] bytes = new byte[entry.End - entry.Begin];
        stream.ReadExactly(bytes);
        float[] values = new float[bytes.Length / entry.BytesPerValue];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> value = bytes.AsSpan(i * entry.BytesPerValue);
            values[i] = entry.Type switch
            {
                WeightType.F32 => BinaryPrimitives.ReadSingleLittleEndian(value),
                WeightType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(value),
                _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(value) << 16),
            };
        }

        return new WeightTensor(entry.Shape, values);
    }
}
