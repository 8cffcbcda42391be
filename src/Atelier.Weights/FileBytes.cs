using Atelier.Primitives;

namespace Atelier.Weights;

/// <summary>Random access to the bytes of a weight file. Requests are checked against the length of the file before
/// anything is allocated.</summary>
/// <param name="stream">The file, a seekable stream.</param>
/// <param name="format">Name of the format, used as a prefix of every message.</param>
internal sealed class FileBytes(Stream stream, string format) : IDisposable
{
    internal long Length { get; } = stream.Length;

    /// <summary>Fills <paramref name="bytes"/> from <paramref name="offset"/> on.</summary>
    /// <exception cref="WeightFormatException">The file ends too early.</exception>
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
            throw new WeightFormatException($"{format}: byte {offset}: the file ends inside the {what}.", error);
        }
    }

    /// <summary>Returns <paramref name="length"/> bytes from <paramref name="offset"/> on.</summary>
    /// <exception cref="WeightFormatException">The file ends too early, or the bytes do not fit into an
    /// array.</exception>
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

    /// <summary>Throws if the file is too short for this range.</summary>
    internal void Demand(long offset, long length, string what)
    {
        if (offset < 0 || length < 0 || offset > Length || length > Length - offset)
        {
            throw Error(offset, $"{Count.Of(length, "byte")} of the {what} expected; the file has " +
                $"{Count.Of(Length, "byte")}. " +
                "It is truncated or damaged: download it again.");
        }
    }

    /// <summary>Creates the error for a problem at a position in the file.</summary>
    internal WeightFormatException Error(long offset, string problem)
        => new($"{format}: byte {offset}: {problem}");

    public void Dispose() => stream.Dispose();
}
