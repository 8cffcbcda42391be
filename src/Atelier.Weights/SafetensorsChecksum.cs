using System.Runtime.InteropServices;
using System.Text;
using Atelier.Primitives;

namespace Atelier.Weights;

/// <summary>A checksum that a safetensors file stores about itself, so that damage anywhere is detected.</summary>
internal static class SafetensorsChecksum
{
    /// <summary>Its key in the metadata.</summary>
    internal const string Key = "sha256";

    /// <summary>SHA-256 of everything except itself.</summary>
    internal static string Compute(
        IEnumerable<KeyValuePair<string, string>> metadata, IEnumerable<TensorSource> tensors)
    {
        Sha256 hash = new();
        foreach ((string key, string value) in
            metadata.Where(pair => pair.Key != Key).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            hash.Append(Encoding.UTF8.GetBytes($"{key}\n{value}\n"));
        foreach (TensorSource tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            hash.Append(Encoding.UTF8.GetBytes($"{tensor.Name}\n"));
            hash.Append(MemoryMarshal.AsBytes(tensor.Read().AsSpan()));
        }

        return hash.FinishHex();
    }

    /// <summary>Whether the contents of a file match its checksum. Reads the tensors one at a time. </summary>
    internal static bool Fits(SafetensorsFile file)
        => file.Metadata.GetValueOrDefault(Key) == Compute(file.Metadata, file.Entries.Values.Select(
            entry => new TensorSource(entry.Name, entry.Shape, () => file.Read(entry))));
}
