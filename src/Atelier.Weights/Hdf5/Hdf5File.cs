using System.Buffers.Binary;
using System.Text;

namespace Atelier.Weights.Hdf5;

/// <summary>The structures of an HDF5 file by their addresses.</summary>
/// <remarks>Addresses in a damaged file may form cycles, or lead from many places to the same one. Reading an intact
/// file takes only a few times its length, so reading more than that is treated as damage.</remarks>
internal sealed class Hdf5File
{
    private const int MaxReadings = 8;
    private const int FreeReading = 1 << 16;

    private readonly FileBytes _bytes;
    private readonly bool _verifies;
    private readonly long _base;
    private long _read;

    /// <summary>Reads the superblock.</summary>
    /// <param name="verifies">Whether checksums are verified. Only tests, which damage files deliberately, turn this
    /// off.</param>
    internal Hdf5File(FileBytes bytes, bool verifies)
    {
        _bytes = bytes;
        _verifies = verifies;
        Superblock superblock = Superblock.Read(bytes);
        AddressWidth = superblock.AddressWidth;
        LengthWidth = superblock.LengthWidth;
        _base = superblock.BaseAddress;
        Root = superblock.ReadRoot(this);
    }

    /// <summary>Strict UTF-8.</summary>
    internal static UTF8Encoding Utf8 { get; } = new(false, throwOnInvalidBytes: true);

    /// <summary>Number of bytes in an address.</summary>
    internal int AddressWidth { get; }

    /// <summary>Number of bytes in a length.</summary>
    internal int LengthWidth { get; }

    internal long Length => _bytes.Length;

    /// <summary>Address of the header of the root group.</summary>
    internal long Root { get; }

    /// <summary>Begins a task, and resets the number of bytes that it may read.</summary>
    internal void BeginTask() => _read = 0;

    /// <summary>Returns the structure at an address.</summary>
    internal Cursor Structure(long address, long length, string what)
    {
        byte[] bytes = Data(address, length, what);
        return new Cursor(this, bytes, address + _base, what);
    }

    /// <summary>Returns a structure whose last four bytes are the checksum of the others.</summary>
    internal Cursor Checked(long address, long length, string what)
    {
        byte[] bytes = Data(address, length, what);
        if (length < 4)
        {
            throw Error(address + _base, $"{what}: {length} bytes hold no checksum.");
        }

        if (_verifies && Lookup3.Hash(bytes.AsSpan(0, bytes.Length - 4))
            != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4)))
        {
            throw Error(address + _base, $"{what}: its {length} bytes do not match their checksum; the file is " +
                "damaged: download it again.");
        }

        return new Cursor(this, bytes.AsMemory(0, bytes.Length - 4), address + _base, what);
    }

    /// <summary>Returns the bytes at an address.</summary>
    internal byte[] Data(long address, long length, string what)
    {
        Demand(address, length, what);
        CountReading(address, length);
        return _bytes.Read(address + _base, length, what);
    }

    /// <summary>Fills <paramref name="bytes"/> from an address on.</summary>
    internal void Data(long address, Span<byte> bytes, string what)
    {
        Demand(address, bytes.Length, what);
        CountReading(address, bytes.Length);
        _bytes.Read(address + _base, bytes, what);
    }

    /// <summary>Throws if the file is too short for this range.</summary>
    internal void Demand(long address, long length, string what)
    {
        if (address == Cursor.NoAddress)
        {
            throw Error(0, $"the {what} has no address, although it is needed: it was never written.");
        }

        _bytes.Demand(address + _base, length, what);
    }

    internal WeightFormatException Error(long offset, string problem) => _bytes.Error(offset, problem);

    private void CountReading(long address, long length)
    {
        _read += length;
        if (_read > (MaxReadings * Length) + FreeReading)
        {
            throw Error(address + _base, "the structures of the file form a circle, or refer to this place many " +
                "times.");
        }
    }
}
