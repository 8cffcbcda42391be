namespace Atelier.Imaging.Codecs;

/// <summary>Reads what stands before the pixels of a file, and passes over the rest.</summary>
/// <param name="stream">The file, from its first byte on. Only <see cref="Skip"/> needs one that can seek.</param>
/// <param name="format">The format's name, for errors.</param>
internal sealed class HeaderReader(Stream stream, string format)
{
    /// <summary>What a file declares is believed in steps of so many bytes.</summary>
    private const int Step = 1 << 16;

    /// <summary>Up to as many bytes as are wanted; fewer where the file ends.</summary>
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

    /// <summary>As many bytes as are wanted.</summary>
    /// <exception cref="ImageFormatException">The file ends before.</exception>
    public byte[] Take(int count)
    {
        byte[] bytes = TakeUpTo(count);
        return bytes.Length == count ? bytes : throw CutOff();
    }

    /// <summary>All bytes that are left.</summary>
    public byte[] TakeRest() => TakeUpTo(Array.MaxLength);

    /// <summary>Passes over bytes, or over all that are left where they are fewer.</summary>
    public void Skip(long count) => stream.Position = Math.Min(stream.Position + count, stream.Length);

    /// <summary>What to throw where the file ends too early.</summary>
    public ImageFormatException CutOff() => new($"{format}: the file ends within its headers; it is cut off.");
}
