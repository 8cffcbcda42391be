using System.Buffers.Binary;
using System.Text;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Writes the signature and the chunks of a PNG file.</summary>
internal sealed class PngChunkWriter
{
    private readonly Stream _output;

    /// <summary>Writes the signature.</summary>
    public PngChunkWriter(Stream output)
    {
        _output = output;
        output.Write(PngChunkReader.Signature);
    }

    /// <summary>Writes one chunk.</summary>
    public void Write(string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4], letters = stackalloc byte[4];
        Encoding.ASCII.GetBytes(type, letters);
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        _output.Write(number);
        _output.Write(letters);
        _output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Compute(data, Crc32.Compute(letters)));
        _output.Write(number);
    }
}
