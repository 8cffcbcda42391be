using System.Buffers.Binary;

namespace Atelier.Imaging.Metadata;

/// <summary>An EXIF block: directories of fields in the layout of TIFF. Fields are read and changed where they stand,
/// so that everything else, such as the notes of a camera's maker, keeps its place.</summary>
internal sealed class ExifBlock
{
    private const int EntryLength = 12;
    private const ushort Width = 0x0100, Height = 0x0101, OrientationTag = 0x0112, XResolution = 0x011A,
        YResolution = 0x011B, ResolutionUnit = 0x0128, ThumbnailOffset = 0x0201, ThumbnailLength = 0x0202,
        XmpPacket = 0x02BC, ExifDirectory = 0x8769, GpsDirectory = 0x8825, PixelWidth = 0xA002, PixelHeight = 0xA003;

    private static readonly int[] TypeLengths = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    private readonly byte[] _block;
    private readonly bool _isLittleEndian;
    private readonly int _first;

    private ExifBlock(byte[] block, bool isLittleEndian)
    {
        (_block, _isLittleEndian) = (block, isLittleEndian);
        _first = DirectoryAt(Number(4));
    }

    /// <summary>The orientation of the stored picture; null if the block does not say.</summary>
    internal Orientation? Orientation
    {
        get
        {
            int entry = Find(_first, OrientationTag);
            int value = entry < 0 || Short(entry + 2) != 3 ? 0 : Short(entry + 8);
            return OrientationExtensions.FromNumber(value);
        }
    }

    /// <summary>Pixels per inch; null if the block does not say.</summary>
    internal PictureResolution? Resolution
    {
        get
        {
            int unit = Find(_first, ResolutionUnit);
            double scale = unit < 0 || Short(unit + 8) == 2 ? 1 : Short(unit + 8) == 3 ? 2.54 : 0;
            double x = scale * Ratio(XResolution), y = scale * Ratio(YResolution);
            return x > 0 && y > 0 ? new PictureResolution(x, y) : null;
        }
    }

    /// <summary>Reads a block.</summary>
    /// <param name="block">The block, starting at its TIFF header ("II*" or "MM*"); copied.</param>
    /// <returns>Null if the block is damaged so that nothing in it can be found.</returns>
    internal static ExifBlock? Read(ReadOnlySpan<byte> block)
    {
        bool isLittleEndian = block.StartsWith("II*\0"u8);
        if (block.Length < 8 || !(isLittleEndian || block.StartsWith("MM\0*"u8)))
        {
            return null;
        }

        ExifBlock read = new(block.ToArray(), isLittleEndian);
        return read._first > 0 ? read : null;
    }

    /// <summary>Returns the block for a picture whose pixels are upright: without orientation and thumbnail, with its
    /// size, and without the position unless it is kept.</summary>
    internal static byte[]? Made(ReadOnlySpan<byte> block, int width, int height, bool keepsLocation)
    {
        ExifBlock? made = Read(block);
        return made?.Make(width, height, keepsLocation);
    }

    private byte[] Make(int width, int height, bool keepsLocation)
    {
        Set(_first, OrientationTag, (int)Imaging.Orientation.Normal);
        Set(_first, Width, width);
        Set(_first, Height, height);
        int end = RemoveThumbnail();
        Remove(XmpPacket);
        if (Find(_first, ExifDirectory) is int entry and >= 0 && DirectoryAt(Number(entry + 8)) is int exif and > 0)
        {
            Set(exif, PixelWidth, width);
            Set(exif, PixelHeight, height);
        }

        if (!keepsLocation) RemoveLocation();
        return _block[..end];
    }

    /// <summary>Removes the second directory of the block, which describes a thumbnail.</summary>
    /// <returns>The length of the block without it.</returns>
    private int RemoveThumbnail()
    {
        int link = _first + 2 + (Count(_first) * EntryLength), end = _block.Length;
        if (link + 4 > _block.Length) return end;
        int second = DirectoryAt(Number(link));
        WriteNumber(link, 0);
        if (second <= _first) return end;
        int offset = Find(second, ThumbnailOffset), length = Find(second, ThumbnailLength);
        if (offset >= 0 && length >= 0)
        {
            long start = Number(offset + 8), count = Number(length + 8);
            if (start > _first && start + count <= _block.Length)
            {
                Array.Clear(_block, (int)start, (int)count);
                if (start + count == _block.Length && start > link + 4) end = (int)start;
            }
        }

        ClearDirectory(second);
        return end;
    }

    private void RemoveLocation()
    {
        int entry = Find(_first, GpsDirectory);
        if (entry < 0) return;
        int gps = DirectoryAt(Number(entry + 8));
        if (gps > _first) ClearDirectory(gps);
        Remove(GpsDirectory);
    }

    /// <summary>Overwrites a directory and the values of its fields with zeros.</summary>
    private void ClearDirectory(int directory)
    {
        int count = Count(directory);
        for (int i = 0; i < count; i++)
        {
            int entry = directory + 2 + (i * EntryLength), type = Short(entry + 2);
            long length = type < TypeLengths.Length ? TypeLengths[type] * (long)Number(entry + 4) : 0;
            long start = Number(entry + 8);
            if (length > 4 && start > 8 && start + length <= _block.Length && !Overlaps(start, length, _first))
            {
                Array.Clear(_block, (int)start, (int)length);
            }
        }

        if (!Overlaps(directory, 2 + (count * EntryLength), _first))
        {
            Array.Clear(_block, directory, 2 + (count * EntryLength));
        }
    }

    /// <summary>Whether a range touches a directory, which a sound block does not let happen.</summary>
    private bool Overlaps(long start, long length, int directory)
        => start < directory + 6 + (Count(directory) * EntryLength) && start + length > directory;

    /// <summary>Removes a field of the first directory; the fields behind it move up.</summary>
    private void Remove(ushort tag)
    {
        int entry = Find(_first, tag), count = Count(_first), end = _first + 2 + (count * EntryLength);
        if (entry < 0 || end + 4 > _block.Length) return;
        _block.AsSpan((entry + EntryLength)..(end + 4)).CopyTo(_block.AsSpan(entry));
        Array.Clear(_block, end + 4 - EntryLength, EntryLength);
        WriteShort(_first, count - 1);
    }

    /// <summary>Changes a field, if it is there, to a number.</summary>
    private void Set(int directory, ushort tag, int value)
    {
        int entry = Find(directory, tag);
        if (entry < 0) return;
        bool isShort = Short(entry + 2) == 3 && value <= ushort.MaxValue;
        WriteShort(entry + 2, isShort ? 3 : 4);
        WriteNumber(entry + 4, 1);
        WriteNumber(entry + 8, isShort ? 0 : (uint)value);
        if (isShort) WriteShort(entry + 8, value);
    }

    /// <summary>Returns the value of a field of the first directory that is a fraction; 0 if it is not
    /// there.</summary>
    private double Ratio(ushort tag)
    {
        int entry = Find(_first, tag);
        long place = entry < 0 || Short(entry + 2) != 5 ? 0 : Number(entry + 8);
        if (place < 8 || place + 8 > _block.Length)
        {
            return 0;
        }

        uint divisor = Number((int)place + 4);
        return divisor == 0 ? 0 : (double)Number((int)place) / divisor;
    }

    /// <summary>Returns the position of a field in a directory; −1 if it is not there.</summary>
    private int Find(int directory, ushort tag)
    {
        for (int i = 0; i < Count(directory); i++)
        {
            int entry = directory + 2 + (i * EntryLength);
            if (Short(entry) == tag) return entry;
        }

        return -1;
    }

    /// <summary>Returns the number of fields of a directory that lie within the block.</summary>
    private int Count(int directory)
        => Math.Min(Short(directory), (_block.Length - directory - 2) / EntryLength);

    /// <summary>Returns a position if a directory can begin there, otherwise 0.</summary>
    private int DirectoryAt(uint position) => position >= 8 && position <= _block.Length - 2 ? (int)position : 0;

    private int Short(int at) => _isLittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(_block.AsSpan(at))
        : BinaryPrimitives.ReadUInt16BigEndian(_block.AsSpan(at));

    private uint Number(int at) => _isLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(at))
        : BinaryPrimitives.ReadUInt32BigEndian(_block.AsSpan(at));

    private void WriteShort(int at, int value)
    {
        if (_isLittleEndian) BinaryPrimitives.WriteUInt16LittleEndian(_block.AsSpan(at), (ushort)value);
        else BinaryPrimitives.WriteUInt16BigEndian(_block.AsSpan(at), (ushort)value);
    }

    private void WriteNumber(int at, uint value)
    {
        if (_isLittleEndian) BinaryPrimitives.WriteUInt32LittleEndian(_block.AsSpan(at), value);
        else BinaryPrimitives.WriteUInt32BigEndian(_block.AsSpan(at), value);
    }
}
