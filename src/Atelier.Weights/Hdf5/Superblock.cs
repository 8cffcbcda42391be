using System.Buffers.Binary;

namespace Atelier.Weights.Hdf5;

/// <summary>The first structure of an HDF5 file, versions 0 to 3: the widths of its fields, and the position of its
/// root group.</summary>
/// <param name="Position">Position of the superblock: 0, or a power of two from 512 on if other data precedes
/// it.</param>
/// <param name="BaseAddress">Added to every address.</param>
internal sealed record Superblock(
    int Version, int AddressWidth, int LengthWidth, long Position, long BaseAddress)
{
    private const int SizeOfOld = 24;
    private const int SizeOfNew = 12;
    private const int FirstBlock = 512;

    /// <summary>The signature of an HDF5 file.</summary>
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10];

    /// <summary>Whether an HDF5 file is in these bytes, at the beginning or behind a user block.</summary>
    internal static bool IsIn(ByteSource bytes)
    {
        Span<byte> found = stackalloc byte[8];
        foreach (long position in Positions(bytes.Length))
        {
            bytes.Read(position, found);
            if (found.SequenceEqual(Signature))
            {
                return true;
            }
        }

        return false;
    }

    internal static Superblock Read(FileBytes bytes)
    {
        long position = Find(bytes);
        byte[] start = bytes.Read(position + 8, 8, "superblock");
        int version = start[0];
        (int address, int length, int fields) = version switch
        {
            0 => (start[5], start[6], SizeOfOld),
            1 => (start[5], start[6], SizeOfOld + 4),
            2 or 3 => (start[1], start[2], SizeOfNew),
            _ => throw bytes.Error(position + 8, $"superblock: version 0 to 3 was expected, found {version}."),
        };
        if (address is not (2 or 4 or 8) || length is not (2 or 4 or 8))
        {
            throw bytes.Error(position + 8,
                $"superblock: addresses and lengths of 2, 4 or 8 bytes were expected, found {address} and {length}.");
        }

        Span<byte> field = stackalloc byte[8];
        field.Clear();
        bytes.Read(position + fields, field[..address], "superblock");
        long baseAddress = BinaryPrimitives.ReadInt64LittleEndian(field);
        return baseAddress >= 0 && baseAddress <= bytes.Length
            ? new Superblock(version, address, length, position, baseAddress)
            : throw bytes.Error(position + fields, "superblock: the base address lies outside the file.");
    }

    /// <summary>Reads the addresses of the end, which shows whether the file is complete, and of the root.</summary>
    internal long ReadRoot(Hdf5File file)
    {
        bool isOld = Version < 2;
        int fields = isOld ? SizeOfOld + (4 * Version) : SizeOfNew;
        long start = Position - BaseAddress;
        int addresses = (isOld ? 6 : 4) * AddressWidth;
        Cursor cursor = isOld
            ? file.Structure(start, fields + addresses, "superblock")
            : file.Checked(start, fields + addresses + 4, "superblock");
        cursor.Skip(fields + (2 * AddressWidth));
        file.Demand(0, cursor.Number(AddressWidth) - BaseAddress, "file");

        // The old version stores the root as a symbol table entry, whose name comes before the address.
        cursor.Skip(isOld ? 2 * AddressWidth : 0);
        return cursor.Address();
    }

    private static long Find(FileBytes bytes)
    {
        Span<byte> found = stackalloc byte[8];
        foreach (long position in Positions(bytes.Length))
        {
            bytes.Read(position, found, "superblock");
            if (found.SequenceEqual(Signature))
            {
                return position;
            }
        }

        throw bytes.Error(0, "the signature of an HDF5 file was expected; this is not one, or it is truncated.");
    }

    private static IEnumerable<long> Positions(long length)
    {
        for (long position = 0; position <= length - 16; position = Math.Max(FirstBlock, 2 * position))
            yield return position;
    }
}
