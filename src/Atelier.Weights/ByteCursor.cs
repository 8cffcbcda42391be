using System.Buffers.Binary;

namespace Atelier.Weights;

/// <summary>Reads part of a source sequentially, a few bytes at a time.</summary>
internal sealed class ByteCursor(ByteSource source, long begin, long end)
{
    private readonly byte[] _window = new byte[(int)Math.Clamp(end - begin, 0, 4096)];
    private long _windowBegin = begin;
    private int _windowLength;

    internal ByteCursor(ByteSource source) : this(source, 0, source.Length) { }

    /// <summary>Position of the next byte in the source.</summary>
    internal long Position { get; private set; } = begin;

    internal long Left => end - Position;

    internal byte ReadByte() => Take(1)[0];

    internal ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    internal long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>Returns the next bytes, at most 4096, valid until the next call.</summary>
    internal ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left || count > _window.Length)
        {
            throw ByteSource.CutOff();
        }

        if (Position < _windowBegin || Position + count > _windowBegin + _windowLength)
        {
            _windowLength = (int)Math.Min(_window.Length, Left);
            _windowBegin = Position;
            source.Read(Position, _window.AsSpan(0, _windowLength));
        }

        ReadOnlySpan<byte> bytes = _window.AsSpan((int)(Position - _windowBegin), count);
        Position += count;
        return bytes;
    }

    /// <summary>Skips bytes and returns where they began.</summary>
    internal long Skip(long count)
    {
        if (count < 0 || count > Left)
        {
            throw ByteSource.CutOff();
        }

        long skipped = Position;
        Position += count;
        return skipped;
    }
}
