using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using Atelier.Primitives;

namespace Atelier.Weights;

/// <summary>Writes safetensors files.</summary>
public static class SafetensorsWriter
{
    /// <summary>Writes a file atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, WeightStore store) => AtomicFile.Write(path, stream => Write(stream, store));

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, WeightStore store)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(store);
        Write(stream, store.Metadata,
            [.. store.Tensors.Select(tensor => new TensorSource(
                tensor.Key, tensor.Value.Shape, () => tensor.Value.Values))]);
    }

    /// <summary>Writes tensors as F32 or F16, requesting their values one tensor at a time, in order. </summary>
    internal static void Write(
        Stream stream, IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorSource> tensors)
    {
        byte[] header = Header(metadata, tensors);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (TensorSource tensor in tensors)
            WriteValues(stream, tensor.Read(), tensor.Type);
    }

    private static void WriteValues(Stream stream, ReadOnlySpan<float> values, WeightType type)
    {
        byte[] room = new byte[1 << 16];
        while (!values.IsEmpty)
        {
            int count = Math.Min(values.Length, room.Length / type.BytesPerValue());
            type.Narrow(values[..count], room);
            stream.Write(room, 0, count * type.BytesPerValue());
            values = values[count..];
        }
    }

    private static byte[] Header(
        IEnumerable<KeyValuePair<string, string>> metadata, IReadOnlyList<TensorSource> tensors)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach (TensorSource tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.ToString());
                WriteNumbers(json, "shape", tensor.Shape.Select(size => (long)size));
                long end = offset
                    + (tensor.Shape.Aggregate(1L, (count, size) => count * size) * tensor.Type.BytesPerValue());
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        // The numbers begin at a multiple of eight bytes, as the format requires.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Sizes of the dimensions, outermost first.</param>
/// <param name="Read">Returns the values.</param>
/// <param name="Type">The storage format of the values.</param>
internal sealed record TensorSource(
    string Name, ImmutableArray<int> Shape, Func<float[]> Read, WeightType Type = WeightType.F32);
