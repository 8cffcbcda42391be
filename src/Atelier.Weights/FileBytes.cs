namespace Atelier.Weights;

/// <summary>The bytes of a weight file by their offsets. What is asked for is compared with the length of the file
/// before anything is allocated for it.</summary>
/// <param name="stream">The file; it can seek.</param>
/// <param name="format">The name of the format, with which every message begins.</param>
internal sealed class FileBytes(Stream stream, string format) : IDisposable
{
    internal long Length { get; } = stream.Length;

    /// <summary>Fills <paramref name="bytes"/> from <paramref name="offset"/> on.</summary>
    /// <exception cref="WeightFormatException">The file ends before.</exception>
    internal void Read(long offset, Span<byte> bytes, string what)
    {
        Demand(offset, bytes.Length, what);
        try
        {
            stream.Position = offset;
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException error)
        {
            throw new WeightFormatException($"{format}: byte {offset}: the file ends within the {what}.", error);
        }
    }

    /// <summary><paramref name="length"/> bytes from <paramref name="offset"/> on.</summary>
    /// <exception cref="WeightFormatException">The file ends before, or they do not fit an array.</exception>
    internal byte[] Read(long offset, long length, string what)
    {
        Demand(offset, length, what);
        if (length > Array.MaxLength)
        {
            throw Error(offset, $"the {what} has {length} bytes; at most {Array.MaxLength} are read at once.");
        }

        byte[] bytes = new byte[length];
        Read(offset, bytes, what);
        return bytes;
    }

    /// <summary>Throws unless the file has so many bytes there.</summary>
    internal void Demand(long offset, long length, string what)
    {
        if (offset < 0 || length < 0 || offset > Length || length > Length - offset)
        {
            throw Error(offset, $"{length} bytes of the {what} were expected; the file has {Length} bytes. " +
                "It is cut off or damaged: get it again.");
        }
    }

    /// <summary>What is wrong at a place of the file.</summary>
    internal WeightFormatException Error(long offset, string problem)
        => new($"{format}: byte {offset}: {problem}");

    public void Dispose() => stream.Dispose();
}
