using System.Collections.Immutable;
using System.Text.Json;

namespace Atelier.Weights;

/// <summary>The description of one tensor in a safetensors header.</summary>
internal sealed record SafetensorsEntry(
    string Name, WeightType Type, ImmutableArray<int> Shape, long Begin, long End)
{
    /// <summary>The type if it is one that is not read, such as I8; otherwise null.</summary>
    internal string? UnreadType { get; init; }
}

/// <summary>The JSON header of a safetensors file, read strictly: what it declares is checked before anything is
/// allocated for it.</summary>
internal static class SafetensorsHeader
{
    private const int MaxTensors = 100_000;
    private const int MaxDimensions = 8;

    // The bytes of a tensor must fit into an array.
    private const int MaxValues = 536_000_000;

    internal static (List<SafetensorsEntry> Entries, ImmutableSortedDictionary<string, string> Metadata) Read(
        ReadOnlySpan<byte> json, long dataBytes)
    {
        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 8 });
            return ReadHeader(ref reader, dataBytes);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new WeightFormatException("safetensors: the header is not valid JSON of the format.", error);
        }
    }

    private static (List<SafetensorsEntry> Entries, ImmutableSortedDictionary<string, string> Metadata) ReadHeader(
        ref Utf8JsonReader reader, long dataBytes)
    {
        Dictionary<string, SafetensorsEntry> entries = [];
        Dictionary<string, string> metadata = [];
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            Expect(ref reader, JsonTokenType.StartObject);
            if (name == "__metadata__")
            {
                ReadMetadata(ref reader, metadata);
            }
            else if (!entries.TryAdd(name, ReadEntry(ref reader, name, dataBytes)))
            {
                throw new WeightFormatException($"safetensors: the header names tensor '{name}' twice.");
            }
            else if (entries.Count > MaxTensors)
            {
                throw new WeightFormatException(
                    $"safetensors: more than {MaxTensors} tensors; a network has far fewer.");
            }
        }

        List<SafetensorsEntry> ordered = [.. entries.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        for (int i = 1; i < ordered.Count; i++)
        {
            if (ordered[i].Begin < ordered[i - 1].End)
            {
                throw new WeightFormatException(
                    $"safetensors: tensors '{ordered[i - 1].Name}' and '{ordered[i].Name}' overlap.");
            }
        }

        return (ordered, metadata.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String);
            metadata[key] = reader.GetString()!;
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name, long dataBytes)
    {
        string? type = null;
        List<long>? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (reader.GetString())
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String);
                    type = reader.GetString();
                    break;
                case "shape":
                    shape = ReadNumbers(ref reader);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is not { Count: 2 })
        {
            throw new WeightFormatException(
                $"safetensors: tensor '{name}' has no dtype, shape or pair of data_offsets.");
        }

        WeightType? readable = type switch
        {
            nameof(WeightType.F64) => WeightType.F64,
            nameof(WeightType.F32) => WeightType.F32,
            nameof(WeightType.F16) => WeightType.F16,
            nameof(WeightType.BF16) => WeightType.BF16,
            _ => null,
        };
        SafetensorsEntry entry = new(name, readable ?? default, [], offsets[0], offsets[1])
        {
            UnreadType = readable is null ? type : null,
        };
        return Check(entry, shape, dataBytes);
    }

    private static SafetensorsEntry Check(SafetensorsEntry entry, List<long> shape, long dataBytes)
    {
        long count = 1;
        foreach (long size in shape)
        {
            if (size is < 0 or > MaxValues || (size > 0 && count > MaxValues / size))
            {
                throw new WeightFormatException(
                    $"safetensors: tensor '{entry.Name}' has shape [{string.Join(", ", shape)}], which is too large.");
            }

            count *= size;
        }

        if (entry.Begin < 0 || entry.End < entry.Begin || entry.End > dataBytes)
        {
            throw new WeightFormatException(
                $"safetensors: tensor '{entry.Name}' lies at bytes {entry.Begin} to {entry.End} of {dataBytes}; " +
                "the file is truncated or damaged. Download it again.");
        }

        if (entry.UnreadType is null && entry.End - entry.Begin != count * entry.Type.BytesPerValue())
        {
            throw new WeightFormatException(
                $"safetensors: tensor '{entry.Name}' has {entry.End - entry.Begin} bytes for shape " +
                $"[{string.Join(", ", shape)}] of {entry.Type}; {count * entry.Type.BytesPerValue()} were expected.");
        }

        return entry with { Shape = [.. shape.Select(size => (int)size)] };
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader)
    {
        List<long> numbers = [];
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            numbers.Add(reader.GetInt64());
            if (numbers.Count > MaxDimensions)
            {
                throw new WeightFormatException($"safetensors: a tensor has more than {MaxDimensions} dimensions.");
            }
        }

        return reader.TokenType == JsonTokenType.EndArray
            ? numbers
            : throw new JsonException("A list contains something that is not a number.");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException($"Found {reader.TokenType} where {type} was expected.");
        }
    }
}
