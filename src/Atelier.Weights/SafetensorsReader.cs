using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>Reads whole safetensors files with F64, F32, F16 and BF16 tensors.</summary>
public static class SafetensorsReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="WeightFormatException">The file is damaged or not safetensors;
    /// the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WeightStore Read(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return Contents(file);
    }

    /// <summary>Reads from a seekable stream, which stays open.</summary>
    /// <exception cref="WeightFormatException">The contents are damaged or not safetensors.</exception>
    public static WeightStore Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Contents(new SafetensorsFile(stream));
    }

    private static WeightStore Contents(SafetensorsFile file)
    {
        if (file.Unread is [UnreadTensor unread, ..])
        {
            throw new WeightFormatException(
                $"safetensors: tensor '{unread.Name}' is of type {unread.Type}; only F64, F32, F16 and BF16 are " +
                "supported. Convert the file to one of them.");
        }

        return new()
        {
            Tensors = file.Entries.ToImmutableSortedDictionary(
                entry => entry.Key, entry => new WeightTensor(entry.Value.Shape, file.Read(entry.Value)),
                StringComparer.Ordinal),
            Metadata = file.Metadata,
        };
    }
}
