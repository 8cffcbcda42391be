using System.Buffers.Binary;
using System.Text.Json;

namespace Atelier.Weights;

/// <summary>Writes safetensors files, F32.</summary>
public static class SafetensorsWriter
{
    /// <summary>Writes a file that appears whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, WeightStore store) => AtomicFile.Write(path, stream => Write(stream, store));

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, WeightStore store)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(store);
        byte[] header = Header(store);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (WeightTensor tensor in store.Tensors.Values)
        {
            byte[] bytes = new byte[tensor.Values.Length * sizeof(float)];
            for (int i = 0; i < tensor.Values.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), tensor.Values[i]);
            stream.Write(bytes);
        }
    }

    private static byte[] Header(WeightStore store)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in store.Metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, WeightTensor tensor) in store.Tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", nameof(WeightType.F32));
                WriteNumbers(json, "shape", tensor.Shape.Select(size => (long)size));
                long end = offset + (tensor.Values.LongLength * sizeof(float));
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        // The numbers begin at a multiple of eight bytes, as the format asks.
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
