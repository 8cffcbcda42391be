namespace Atelier.Studio.Storage;

/// <summary>Compares what is in files.</summary>
internal static class FileContents
{
    /// <summary>Whether a file has these bytes; one that is not there has not.</summary>
    internal static bool Are(string path, ReadOnlySpan<byte> contents)
        => new FileInfo(path) is { Exists: true } file && file.Length == contents.Length
            && File.ReadAllBytes(path).AsSpan().SequenceEqual(contents);

    /// <summary>Whether two files have the same bytes; they may be too large for memory.</summary>
    internal static bool AreSame(string path, string other)
    {
        using FileStream one = File.OpenRead(path), two = File.OpenRead(other);
        byte[] here = new byte[1 << 16], there = new byte[here.Length];
        for (int count = here.Length; one.Length == two.Length && count == here.Length;)
        {
            count = one.ReadAtLeast(here, here.Length, throwOnEndOfStream: false);
            if (two.ReadAtLeast(there, there.Length, throwOnEndOfStream: false) != count
                || !here.AsSpan(0, count).SequenceEqual(there.AsSpan(0, count)))
            {
                return false;
            }
        }

        return one.Length == two.Length;
    }
}
