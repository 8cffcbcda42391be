namespace Atelier.Imaging.Codecs;

/// <summary>Reads the headers before the pixels of a file, and skips the rest.</summary>
/// <param name="stream">The file, from its first byte on. Only <see cref="Skip"/> and <see
/// cref="Left"/> require a seekable stream.</param>
/// <param name="format">The format's name, for errors.</param>
internal sealed class HeaderReader(Stream stream, string format)
{
    /// <summary>Declared lengths are not trusted: the buffer starts with this many bytes and grows as they are
    /// read.</summary>
    private const int Step = 1 << 16;

    /// <summary>Returns up to the given number of bytes; fewer if the file ends before.</summary>
    public byte[] TakeUpTo(int count)
    {
        byte[] bytes = new byte[Math.Min(count, Step)];
        for (int filled = 0; ;)
        {
            filled += stream.ReadAtLeast(bytes.AsSpan(filled), bytes.Length - filled, throwOnEndOfStream: false);
            if (filled < bytes.Length)
            {
                return bytes[..filled];
            }

            if (filled == count)
            {
                return bytes;
            }

            Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
        }
    }

    /// <summary>Returns exactly the given number of bytes.</summary>
    /// <exception cref="ImageFormatException">The file ends too early.</exception>
    public byte[] Take(int count)
    {
        byte[] bytes = TakeUpTo(count);
        return bytes.Length == count ? bytes : throw CutOff();
    }

    /// <summary>Returns all remaining bytes.</summary>
    public byte[] TakeRest() => TakeUpTo(Array.MaxLength);

    /// <summary>Number of bytes that have not been read; requires a seekable stream.</summary>
    public long Left => stream.Length - stream.Position;

    /// <summary>Skips bytes, or all remaining ones if there are fewer.</summary>
    public void Skip(long count) => stream.Position = Math.Min(stream.Position + count, stream.Length);

    /// <summary>Creates the exception for a file that ends too early.</summary>
    public ImageFormatException CutOff() => new($"{format}: the file ends within its headers; it is cut off.");
}
