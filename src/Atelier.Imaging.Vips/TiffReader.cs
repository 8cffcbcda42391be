using System.Buffers.Binary;

namespace Atelier.Imaging.Vips;

/// <summary>Reads directories of a TIFF, BigTIFF or EXIF block of either byte order. Whatever lies outside of the file
/// is not there.</summary>
/// <param name="file">The file, which begins as a TIFF.</param>
internal readonly ref struct TiffReader(ReadOnlySpan<byte> file)
{
    /// <summary>Bytes of an entry of a TIFF that is not a BigTIFF.</summary>
    public const int EntryLength = 12;

    private const int BigEntryLength = 20;

    private readonly ReadOnlySpan<byte> _file = file;
    private readonly bool _isLittle = file[0] == 'I', _isBig = file[2] == 43 || file[3] == 43;

    /// <summary>The place of the first directory; 0 if there is none.</summary>
    public long FirstDirectory => OffsetAt(_isBig ? 8 : 4);

    private int Word => _isBig ? 8 : 4;

    private int CountLength => _isBig ? 8 : 2;

    private int Entry => _isBig ? BigEntryLength : EntryLength;

    /// <summary>Returns the number of entries of a directory that lie in the file.</summary>
    public int CountAt(long directory)
    {
        if (directory <= 0 || directory > _file.Length - CountLength) return 0;
        ulong count = _isBig ? Long(directory) : Short(directory);
        return (int)Math.Min(count, (ulong)((_file.Length - directory - CountLength) / Entry));
    }

    /// <summary>Returns the place of the next page's directory; 0 if there is none.</summary>
    public long NextDirectory(long directory)
        => OffsetAt(directory + CountLength + (CountAt(directory) * (long)Entry));

    /// <summary>Returns an entry: tag, type, number of values, and where they or their place are stored.</summary>
    public (ushort Tag, ushort Type, ulong Count, long Place) EntryAt(long directory, int index)
    {
        long at = directory + CountLength + (index * (long)Entry);
        return (Short(at), Short(at + 2), _isBig ? Long(at + 4) : Number(at + 4), at + 4 + Word);
    }

    /// <summary>Returns the place that is stored at a place; 0 if it is not in the file.</summary>
    public long OffsetAt(long at)
    {
        if (at < 0 || at > _file.Length - Word) return 0;
        ulong offset = _isBig ? Long(at) : Number(at);
        return offset < (ulong)_file.Length ? (long)offset : 0;
    }

    /// <summary>Returns values as little-endian bytes; null if they do not lie in the file.</summary>
    /// <param name="place">Where an entry stores them, or their place if they are too long.</param>
    /// <param name="unit">Bytes of a number.</param>
    /// <param name="length">Bytes of all values.</param>
    public byte[]? ValueAt(long place, int unit, long length)
    {
        long at = length <= Word ? place : OffsetAt(place);
        if (at <= 0 || length > _file.Length - at) return null;
        byte[] value = _file.Slice((int)at, (int)length).ToArray();
        for (int i = 0; !_isLittle && unit > 1 && i < value.Length; i += unit) value.AsSpan(i, unit).Reverse();
        return value;
    }

    private ushort Short(long at) => _isLittle
        ? BinaryPrimitives.ReadUInt16LittleEndian(_file[(int)at..])
        : BinaryPrimitives.ReadUInt16BigEndian(_file[(int)at..]);

    private uint Number(long at) => _isLittle
        ? BinaryPrimitives.ReadUInt32LittleEndian(_file[(int)at..])
        : BinaryPrimitives.ReadUInt32BigEndian(_file[(int)at..]);

    private ulong Long(long at) => _isLittle
        ? BinaryPrimitives.ReadUInt64LittleEndian(_file[(int)at..])
        : BinaryPrimitives.ReadUInt64BigEndian(_file[(int)at..]);
}
