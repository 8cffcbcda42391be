using System.Buffers.Binary;
using System.Text;

namespace Atelier.Weights;

/// <summary>Names files that are not read, but often take the place of weights, and says what to do instead.</summary>
internal static class ForeignWeights
{
    /// <summary>Returns what a file is according to its first bytes; null if they are unknown.</summary>
    internal static string? Describe(ReadOnlySpan<byte> start)
    {
        string text = Encoding.Latin1.GetString(start).TrimStart();
        return text switch
        {
            _ when text.StartsWith("version https://git-lfs", StringComparison.Ordinal) =>
                "a pointer of Git LFS instead of the file itself. Run 'git lfs pull' where it comes from, or " +
                "download the file itself.",
            _ when text.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
                || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) =>
                "a web page instead of a weight file: the download has failed. Open the address in a browser and " +
                "download the file itself.",
            ['\x1F', '\x8B', ..] => "a gzip file. Unpack it first.",
            _ when text.StartsWith("GGUF", StringComparison.Ordinal) => "a GGUF file, which holds a language model.",
            [_, _, _, _, 'T', 'F', 'L', '3', ..] =>
                "a TensorFlow Lite model, which is not supported. Save the original model as HDF5 (.h5).",
            _ when IsOldPickle(text) =>
                "a pickle of protocol 0 or 1, which is not supported. Load it in Python and save it again: " +
                "pickle.dump(data, file, protocol=2).",
            _ when IsOldMatlab(start) =>
                "a MAT file of version 4, which is not supported. Load it in MATLAB and save it again with -v7.",
            _ => null,
        };
    }

    /// <summary>A dictionary, a list or an object in the oldest protocols.</summary>
    private static bool IsOldPickle(string text)
        => text is ['(', 'd' or 'l', 'p', >= '0' and <= '9', '\n' or '\r', ..] or ['}' or ']', 'q', '\0' or '\x01', ..]
        || (text is ['c', >= 'a' and <= 'z', ..] && text.Contains("\n_reconstruct\n", StringComparison.Ordinal))
        || text.StartsWith("ccollections\n", StringComparison.Ordinal)
        || text.StartsWith("ccopy_reg\n", StringComparison.Ordinal);

    /// <summary>Five numbers (type, rows, columns, whether complex, length of the name), and a name that ends with a
    /// zero.</summary>
    private static bool IsOldMatlab(ReadOnlySpan<byte> start)
    {
        const int Header = 20, MaxType = 52, BigEndianType = 1000, MaxName = 64;
        if (start.Length <= Header)
        {
            return false;
        }

        bool isBig = start[0] == 0 && start[2] != 0;
        int type = Number(start, 0, isBig) - (isBig ? BigEndianType : 0);
        int name = Number(start, 16, isBig);
        return type is >= 0 and <= MaxType && Number(start, 4, isBig) >= 0 && Number(start, 8, isBig) >= 0
            && Number(start, 12, isBig) is 0 or 1 && name is > 1 and <= MaxName && start.Length >= Header + name
            && start.Slice(Header, name) is [(>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z'), .., 0];
    }

    private static int Number(ReadOnlySpan<byte> start, int offset, bool isBig) => isBig
        ? BinaryPrimitives.ReadInt32BigEndian(start[offset..])
        : BinaryPrimitives.ReadInt32LittleEndian(start[offset..]);
}
