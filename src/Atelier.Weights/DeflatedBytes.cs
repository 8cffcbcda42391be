using System.IO.Compression;
using Atelier.Primitives;

namespace Atelier.Weights;

/// <summary>A compressed member of a zip file, decompressed on demand; reading backward restarts from the
/// beginning.</summary>
internal sealed class DeflatedBytes : ByteSource
{
    // The maximum compression ratio of the format.
    private const long MaxRatio = 1032, SmallestBlock = 64;

    private readonly ByteSource _packed;
    private readonly byte[] _skipped = new byte[1 << 13];
    private DeflateStream _stream;
    private long _position;

    /// <exception cref="WeightFormatException">The declared length is impossible.</exception>
    internal DeflatedBytes(ByteSource packed, long length)
    {
        if (length < 0 || length / MaxRatio > packed.Length + SmallestBlock)
        {
            throw new WeightFormatException($"zip: {Count.Of(packed.Length, "byte")} cannot unpack to {length}.");
        }

        (_packed, Length) = (packed, length);
        _stream = Begin();
    }

    internal override long Length { get; }

    protected override void ReadInside(long offset, Span<byte> bytes)
    {
        if (offset < _position)
        {
            _stream = Begin();
            _position = 0;
        }

        while (_position < offset)
        {
            Span<byte> part = _skipped.AsSpan(0, (int)Math.Min(_skipped.Length, offset - _position));
            _stream.ReadExactly(part);
            _position += part.Length;
        }

        _stream.ReadExactly(bytes);
        _position += bytes.Length;
    }

    private DeflateStream Begin() => new(new ForwardStream(_packed), CompressionMode.Decompress);

    /// <summary>A source as a stream.</summary>
    private sealed class ForwardStream(ByteSource source) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => source.Length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, source.Length - _position);
            source.Read(_position, buffer[..count]);
            _position += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
