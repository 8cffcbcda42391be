using System.Buffers.Binary;
using System.IO.Compression;

namespace Atelier.Weights.Mat;

/// <summary>The bytes of one variable from its beginning to its end, inflated on the way if they are
/// compressed.</summary>
/// <remarks>Who reads forwards reads once. Who goes back in a compressed variable begins anew, so tensors are best read
/// in the order of the file. An inflater takes much memory: whoever is done for now disposes of it, and may read on
/// later.</remarks>
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

    /// <summary>Where the next byte is, counted from the first.</summary>
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

    /// <summary>Goes to a place, backwards too.</summary>
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

    /// <summary>Throws unless all has been read; what was compressed is compared with its checksum by this.</summary>
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

    /// <summary>Gives the inflater back. Who reads on begins at the first byte again.</summary>
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
            // Some damage is an IOException to the inflater, as is a fault of the disk: the cause is kept.
            throw new WeightFormatException(
                Error("invalid deflate data; the file is damaged").Message, error);
        }
    }
}
