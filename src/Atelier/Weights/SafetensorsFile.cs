using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Atelier.Weights;

/// <summary>An open safetensors file: an eight-byte length, a JSON header, the raw numbers. The header is read and
/// checked at once, a tensor when it is asked for.</summary>
/// <remarks>One thread at a time. Disposing it closes the stream.</remarks>
internal sealed class SafetensorsFile : IDisposable
{
    // What the format's own readers allow.
    private const long MostHeaderBytes = 100_000_000;

    private readonly Stream _stream;
    private readonly long _dataStart;

    /// <summary>Reads the header from a stream that can seek.</summary>
    /// <exception cref="WeightFormatException">The contents are damaged or not safetensors.</exception>
    internal SafetensorsFile(Stream stream)
    {
        _stream = stream;
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
        _dataStart = 8 + (long)headerBytes;
        (List<SafetensorsEntry> entries, Metadata) = SafetensorsHeader.Read(header, length - _dataStart);
        Entries = entries.ToImmutableSortedDictionary(entry => entry.Name, entry => entry, StringComparer.Ordinal);
    }

    /// <summary>Name → what the header says of the tensor.</summary>
    internal ImmutableSortedDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>Free text about the file.</summary>
    internal ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>SHA-256 of the whole file in hexadecimal, computed anew at each call.</summary>
    internal string Sha256
    {
        get
        {
            _stream.Position = 0;
            return Convert.ToHexStringLower(SHA256.HashData(_stream));
        }
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="WeightFormatException">The file is damaged or not safetensors;
    /// the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static SafetensorsFile Open(string path)
    {
        FileStream stream = File.OpenRead(path);
        try
        {
            return new SafetensorsFile(stream);
        }
        catch (WeightFormatException error)
        {
            stream.Dispose();
            throw new WeightFormatException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>The numbers of a tensor, read anew at each call.</summary>
    internal float[] Read(SafetensorsEntry entry)
    {
        _stream.Position = _dataStart + entry.Begin;
        float[] values = new float[(entry.End - entry.Begin) / entry.BytesPerValue];
        if (entry.Type == WeightType.F32)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
            _stream.ReadExactly(MemoryMarshal.AsBytes(bits));
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }

            return values;
        }

        byte[] room = new byte[1 << 16];
        for (Span<float> rest = values; !rest.IsEmpty;)
        {
            Span<byte> bytes = room.AsSpan(0, Math.Min(room.Length, rest.Length * entry.BytesPerValue));
            _stream.ReadExactly(bytes);
            int count = bytes.Length / entry.BytesPerValue;
            for (int i = 0; i < count; i++)
                rest[i] = Widen(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]), entry.Type);
            rest = rest[count..];
        }

        return values;
    }

    public void Dispose() => _stream.Dispose();

    private static float Widen(ushort bits, WeightType type) => type == WeightType.F16
        ? (float)BitConverter.UInt16BitsToHalf(bits)
        : BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
