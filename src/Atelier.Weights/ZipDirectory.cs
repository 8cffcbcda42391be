using System.Buffers.Binary;
using System.Text;

namespace Atelier.Weights;

/// <summary>The locations of the members of a zip file. Nothing is extracted: a member is a part of the file with
/// random access, and names are only looked up.</summary>
/// <remarks>The reader of the base class library provides only forward streams, and allocates an object for each of the
/// millions of members that a file may claim to have.</remarks>
internal sealed class ZipDirectory
{
    private const int MaxMembers = 100_000, MaxDirectoryBytes = 1 << 24;
    private const int EndBytes = 22, MaxCommentBytes = 65_535, LocatorBytes = 20, End64Bytes = 56;
    private const int EntryBytes = 46, LocalBytes = 30;
    private const uint EndMark = 0x06054B50, LocatorMark = 0x07064B50, End64Mark = 0x06064B50;
    private const uint EntryMark = 0x02014B50, LocalMark = 0x04034B50;
    private const ushort Stored = 0, Deflated = 8, Wide = 1;

    private readonly StreamBytes _file;
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);

    /// <summary>Reads the directory.</summary>
    /// <exception cref="WeightFormatException">There is none, or it is damaged.</exception>
    internal ZipDirectory(StreamBytes file)
    {
        _file = file;
        (long begin, long length) = FindDirectory();
        if (length > MaxDirectoryBytes)
        {
            throw new WeightFormatException($"zip: the directory has {length} bytes, far more than that of a network.");
        }

        byte[] directory = new byte[length];
        file.Read(begin, directory);
        ReadEntries(directory);
    }

    /// <summary>Names of the members, in the order of the directory.</summary>
    internal List<string> Names { get; } = [];

    internal bool Contains(string name) => _members.ContainsKey(name);

    /// <summary>Returns the contents of a member.</summary>
    /// <exception cref="WeightFormatException">It is missing, damaged, or of an unsupported kind.</exception>
    internal ByteSource Open(string name)
    {
        if (!_members.TryGetValue(name, out Member? member))
        {
            throw new WeightFormatException($"zip: there is no member '{name}'.");
        }

        Span<byte> local = stackalloc byte[LocalBytes];
        _file.Read(member.Begin, local);
        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != LocalMark || member.IsEncrypted)
        {
            throw new WeightFormatException($"zip: member '{name}' is damaged or encrypted.");
        }

        long skip = LocalBytes + BinaryPrimitives.ReadUInt16LittleEndian(local[26..])
            + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
        StreamBytes packed = _file.Slice(member.Begin + skip, member.PackedLength);
        return member.Method switch
        {
            Stored when member.Length == member.PackedLength => packed,
            Deflated => new DeflatedBytes(packed, member.Length),
            _ => throw new WeightFormatException($"zip: member '{name}' uses an unsupported compression method."),
        };
    }

    private (long Begin, long Length) FindDirectory()
    {
        byte[] tail = new byte[(int)Math.Min(_file.Length, EndBytes + MaxCommentBytes)];
        long tailBegin = _file.Length - tail.Length;
        _file.Read(tailBegin, tail);
        for (int at = tail.Length - EndBytes; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == EndMark)
            {
                return FindWideDirectory(tailBegin + at - LocatorBytes) ?? (
                    BinaryPrimitives.ReadUInt32LittleEndian(end[16..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(end[12..]));
            }
        }

        throw new WeightFormatException("zip: the directory at the end is missing; the file is truncated. Download " +
            "it again.");
    }

    /// <summary>Returns the directory according to the 64-bit record, if there is one.</summary>
    private (long Begin, long Length)? FindWideDirectory(long locatorBegin)
    {
        Span<byte> record = stackalloc byte[End64Bytes];
        Span<byte> locator = record[..LocatorBytes];
        if (locatorBegin < 0)
        {
            return null;
        }

        _file.Read(locatorBegin, locator);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != LocatorMark)
        {
            return null;
        }

        _file.Read(BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), record);
        return BinaryPrimitives.ReadUInt32LittleEndian(record) == End64Mark
            ? (BinaryPrimitives.ReadInt64LittleEndian(record[48..]), NonNegative(record[40..]))
            : throw new WeightFormatException("zip: the 64-bit directory is damaged.");
    }

    private void ReadEntries(ReadOnlySpan<byte> directory)
    {
        while (directory.Length >= EntryBytes && BinaryPrimitives.ReadUInt32LittleEndian(directory) == EntryMark)
        {
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]);
            int length = EntryBytes + nameLength + extraLength
                + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            if (length > directory.Length)
            {
                throw new WeightFormatException("zip: the directory is damaged.");
            }

            string name = Encoding.UTF8.GetString(directory.Slice(EntryBytes, nameLength));
            Member member = MemberOf(directory, directory.Slice(EntryBytes + nameLength, extraLength));
            if (!_members.TryAdd(name, member) || _members.Count > MaxMembers)
            {
                throw new WeightFormatException($"zip: two members are called '{name}', or there are too many.");
            }

            Names.Add(name);
            directory = directory[length..];
        }
    }

    /// <summary>Reads an entry, whose lengths are in an extra field if they exceed 32 bits.</summary>
    private static Member MemberOf(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        ReadOnlySpan<byte> wide = [];
        while (extra.Length >= 4)
        {
            int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Wide)
            {
                wide = extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        long unpacked = Length(entry[24..], ref wide), packed = Length(entry[20..], ref wide);
        return new Member(
            Length(entry[42..], ref wide), packed, unpacked, BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]),
            IsEncrypted: (entry[8] & 1) != 0);
    }

    private static long Length(ReadOnlySpan<byte> narrow, ref ReadOnlySpan<byte> wide)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(narrow);
        if (value != uint.MaxValue || wide.Length < 8)
        {
            return value;
        }

        long length = NonNegative(wide);
        wide = wide[8..];
        return length;
    }

    private static long NonNegative(ReadOnlySpan<byte> bytes)
    {
        long value = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return value >= 0 ? value : throw new WeightFormatException("zip: a length is negative.");
    }

    private sealed record Member(long Begin, long PackedLength, long Length, ushort Method, bool IsEncrypted);
}
