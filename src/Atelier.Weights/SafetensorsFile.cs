using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>An open safetensors file: an eight-byte length, a JSON header, the raw numbers. The header is read and
/// checked immediately, a tensor when it is requested.</summary>
/// <remarks>One thread at a time. Disposing it closes the stream.</remarks>
internal sealed class SafetensorsFile : INetworkWeights
{
    // The limit of the format's own readers.
    private const long MaxHeaderBytes = 100_000_000;

    /// <summary>Those before the JSON and its first brace.</summary>
    internal const int MinBytes = 9;

    private readonly Stream _stream;
    private readonly long _dataStart;

    /// <summary>Reads the header from a seekable stream.</summary>
    /// <exception cref="WeightFormatException">The contents are damaged or not safetensors.</exception>
    internal SafetensorsFile(Stream stream)
    {
        _stream = stream;
        stream.Position = 0;
        long length = stream.Length;
        if (length < 8)
        {
            throw new WeightFormatException($"not a safetensors file: {length} bytes is shorter than its first field.");
        }

        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerBytes > MaxHeaderBytes || (long)headerBytes > length - 8)
        {
            throw new WeightFormatException(
                $"not a safetensors file, or truncated: its header of {headerBytes} bytes does not fit into the " +
                $"file of {length} bytes.");
        }

        byte[] header = new byte[headerBytes];
        stream.ReadExactly(header);
        _dataStart = 8 + (long)headerBytes;
        (List<SafetensorsEntry> entries, Metadata) = SafetensorsHeader.Read(header, length - _dataStart);
        Unread = [.. entries.Where(entry => entry.UnreadType is not null)
            .Select(entry => new UnreadTensor(entry.Name, entry.UnreadType!, entry.Shape))];
        entries.RemoveAll(entry => entry.UnreadType is not null);
        Tensors = [.. entries.Select(entry => new ArchivedTensor(entry.Name, entry.Shape))];
        Entries = entries.ToImmutableSortedDictionary(entry => entry.Name, entry => entry, StringComparer.Ordinal);
    }

    /// <summary>Name → description of the tensor in the header.</summary>
    internal ImmutableSortedDictionary<string, SafetensorsEntry> Entries { get; }

    public ImmutableArray<ArchivedTensor> Tensors { get; }

    public ImmutableArray<UnreadTensor> Unread { get; }

    public ImmutableSortedDictionary<string, string> Metadata { get; }

    public string Sha256
    {
        get
        {
            _stream.Position = 0;
            return Primitives.Sha256.HexOf(_stream);
        }
    }

    /// <summary>Whether a file that begins with these bytes may be one: eight bytes of a length, followed by
    /// JSON.</summary>
    internal static bool Fits(ReadOnlySpan<byte> start)
        => start.Length >= MinBytes && start[5] == 0 && start[6] == 0 && start[7] == 0 && start[8] == '{';

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

    /// <summary>Returns the values of a tensor, which are read again at each call.</summary>
    internal float[] Read(SafetensorsEntry entry) => new StreamBytes(_stream).ReadNumbers(
        _dataStart + entry.Begin, entry.Type, (int)((entry.End - entry.Begin) / entry.Type.BytesPerValue()));

    public float[] Read(ArchivedTensor tensor) => Read(Entries[tensor.Name]);

    public void Dispose() => _stream.Dispose();
}
