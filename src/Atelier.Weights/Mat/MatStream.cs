using System.Buffers.Binary;
using System.IO.Compression;

namespace Atelier.Weights.Mat;

/// <summary>The bytes of one variable, decompressed on the fly if they are compressed.</summary>
/// <remarks>Reading forward decompresses the data once. Going back in a compressed variable restarts from the
/// beginning, so tensors are best read in the order of the file. A decompressor takes much memory, so it should be
/// released when it is not needed for a while; reading can continue later.</remarks>
internal sealed class MatStream : IDisposable
{
    private readonly FileBytes _file;
    private readonly long _start;
    private readonly bool _isCompressed;
    private readonly FileRange _stored;
    private Stream? _stream;

    internal MatStream(FileBytes file, long start, long length, bool isCompressed)
    {
        file.Demand(start, length, "variable");
        (_file, _start, _isCompressed) = (file, start, isCompressed);
        _stored = new FileRange(file, start, length);
    }

    /// <summary>Position of the next byte, counted from the first.</summary>
    internal long Position { get; private set; }

    internal void Read(Span<byte> bytes)
    {
        int count = ReadSome(bytes);
        if (count < bytes.Length)
        {
            throw Error($"{bytes.Length - count} more bytes were expected; the variable is truncated");
        }
    }

    internal int Int32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Read(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    /// <summary>Moves to a position, forward or backward.</summary>
    internal void GoTo(long position)
    {
        if (!_isCompressed)
        {
            _stored.Position = Position = position;
            return;
        }

        if (position < Position)
        {
            Dispose();
        }

        Span<byte> skipped = stackalloc byte[(int)Math.Min(1 << 12, position - Position)];
        while (Position < position)
            Read(skipped[..(int)Math.Min(skipped.Length, position - Position)]);
    }

    /// <summary>Throws unless everything has been read. This also verifies the checksum of compressed data.</summary>
    internal void DemandEnd()
    {
        if (ReadSome(stackalloc byte[1]) != 0)
        {
            throw Error("the end of the variable was expected");
        }
    }

    internal WeightFormatException Error(string problem) => _file.Error(
        _isCompressed ? _start : _start + Position,
        _isCompressed ? $"byte {Position} of the compressed data: {problem}." : $"{problem}.");

    /// <summary>Releases the decompressor. Reading on restarts at the first byte.</summary>
    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
        _stored.Position = Position = 0;
    }

    private int ReadSome(Span<byte> bytes)
    {
        try
        {
            _stream ??= _isCompressed
                ? new ZLibStream(_stored, CompressionMode.Decompress, leaveOpen: true)
                : _stored;
            int count = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            Position += count;
            return count;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // The decompressor reports some kinds of damage as an IOException, like a disk error, so the cause is kept.
            throw new WeightFormatException(
                Error("invalid deflate data; the file is damaged").Message, error);
        }
    }
}
