using System.IO.Compression;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Decompresses the rows of a PNG file.</summary>
internal sealed class PngRowStream : IDisposable
{
    private readonly ZLibStream _stream;
    private readonly bool _isCutOff;
    private bool _hasRows;

    /// <param name="data">The contents of the IDAT chunks.</param>
    /// <param name="length">Number of bytes of them.</param>
    /// <param name="isCutOff">Whether rows may be missing at the end.</param>
    public PngRowStream(byte[] data, int length, bool isCutOff)
        => (_stream, _isCutOff) =
            (new ZLibStream(new MemoryStream(data, 0, length), CompressionMode.Decompress), isCutOff);

    /// <summary>Whether the file ended before the last row that was asked for.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Reads rows.</summary>
    /// <returns>The number of complete rows: all, unless the file is cut off.</returns>
    /// <exception cref="ImageFormatException">The data is damaged, or rows are missing.</exception>
    public int Read(Span<byte> block, int rows, int stride)
    {
        int filled = 0, length = rows * stride;
        try
        {
            for (int count; filled < length && (count = _stream.Read(block[filled..length])) > 0;) filled += count;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            if (!_isCutOff)
            {
                throw new ImageFormatException("PNG IDAT: the compressed pixels are damaged or truncated.", error);
            }
        }

        _hasRows |= filled >= stride;
        IsAtEnd = filled < length;
        return !IsAtEnd || (_isCutOff && _hasRows)
            ? filled / stride
            : throw new ImageFormatException("PNG IDAT: the pixels end too early.");
    }

    /// <summary>Whether there is data behind the last row. The stream verifies the checksum of the decompressed data
    /// only when it reaches its end.</summary>
    /// <exception cref="ImageFormatException">The checksum is wrong.</exception>
    public bool HasMore()
    {
        try
        {
            return _stream.ReadByte() >= 0;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new ImageFormatException("PNG IDAT: the compressed pixels are damaged or truncated.", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
