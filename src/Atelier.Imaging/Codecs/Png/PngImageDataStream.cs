namespace Atelier.Imaging.Codecs.Png;

/// <summary>Divides the data written to it into IDAT chunks; disposing it writes the last one.</summary>
internal sealed class PngImageDataStream(PngChunkWriter chunks) : Stream
{
    private readonly byte[] _data = new byte[1 << 18];
    private int _length;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = Math.Min(buffer.Length, _data.Length - _length);
            buffer[..count].CopyTo(_data.AsSpan(_length));
            _length += count;
            buffer = buffer[count..];
            if (_length == _data.Length) WriteChunk();
        }
    }

    /// <summary>Does nothing: a chunk is written when it is full.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _length > 0) WriteChunk();
        base.Dispose(disposing);
    }

    private void WriteChunk()
    {
        chunks.Write("IDAT", _data.AsSpan(0, _length));
        _length = 0;
    }
}
