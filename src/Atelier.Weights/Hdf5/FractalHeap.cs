using System.Numerics;

namespace Atelier.Weights.Hdf5;

/// <summary>A heap of small objects in blocks of doubling size: the blocks of row r of the table have the first size
/// for r = 0 and 1, and then twice the size of the previous row. Rows beyond a maximum size contain tables
/// instead.</summary>
internal sealed class FractalHeap
{
    private const int MaxAddressBits = 61;

    private readonly Hdf5File _file;
    private readonly int _width, _offsetWidth, _lengthWidth, _directRows, _rootRows;
    private readonly long _firstBlock, _largestBlock, _root;

    private FractalHeap(Hdf5File file, long address)
    {
        _file = file;
        Cursor header = file.Checked(address, 26 + (12 * file.LengthWidth) + (3 * file.AddressWidth), "fractal heap");
        header.Signature("FRHP");
        header.Version(0);
        header.Skip(2);
        if (header.UInt16() != 0)
        {
            throw header.Error("filtered heaps are not supported; save the weights without filters on groups");
        }

        header.Skip(1);
        long largestObject = header.UInt32();
        header.Skip((10 * file.LengthWidth) + (2 * file.AddressWidth));
        _width = header.UInt16();
        _firstBlock = header.Length();
        _largestBlock = header.Length();
        int addressBits = header.UInt16();
        header.Skip(2);
        _root = header.Address();
        _rootRows = header.UInt16();
        if (_width == 0 || !BitOperations.IsPow2(_firstBlock) || !BitOperations.IsPow2(_largestBlock)
            || _firstBlock > _largestBlock || _largestBlock > 1L << 32 || addressBits is 0 or > MaxAddressBits
            || !BitOperations.IsPow2(_width))
        {
            throw header.Error("a table of blocks whose sizes are powers of two was expected");
        }

        _offsetWidth = (addressBits + 7) / 8;
        _lengthWidth = Math.Min(
            (BitOperations.Log2((ulong)_largestBlock) + 7) / 8,
            (BitOperations.Log2((ulong)Math.Max(largestObject, 1)) / 8) + 1);
        _directRows = BitOperations.Log2((ulong)(_largestBlock / _firstBlock)) + 2;
    }

    internal static FractalHeap Open(Hdf5File file, long address) => new(file, address);

    /// <summary>Returns the object with an identifier.</summary>
    internal Cursor Object(Cursor identifier)
    {
        if ((identifier.Byte() & 0xF0) != 0)
        {
            throw identifier.Error("an object within the blocks of its heap was expected");
        }

        long offset = identifier.Number(_offsetWidth), length = identifier.Number(_lengthWidth);
        (long address, long blockBytes) = _rootRows == 0 ? (_root, _firstBlock) : Find(_root, _rootRows, ref offset);
        if (offset > blockBytes - length)
        {
            throw identifier.Error($"{length} bytes at {offset} of a block of {blockBytes} were expected");
        }

        _file.Demand(address, blockBytes, "block of a heap");
        return _file.Structure(address + offset, length, "link");
    }

    /// <summary>Returns the block that contains a position, which is replaced with the position within the
    /// block.</summary>
    private (long Address, long Bytes) Find(long table, int rows, ref long offset)
    {
        long blockBytes = _firstBlock;
        for (int row = 0; row < rows && blockBytes <= 1L << MaxAddressBits; row++)
        {
            blockBytes = row < 2 ? _firstBlock : blockBytes * 2;
            if (offset / _width < blockBytes)
            {
                long index = ((long)row * _width) + (offset / blockBytes);
                offset %= blockBytes;
                long address = ReadEntry(table, index);
                if (row < _directRows)
                {
                    return (address, blockBytes);
                }

                // A table in place of a block has as many rows as fit the block's size.
                int inner = BitOperations.Log2((ulong)blockBytes) - BitOperations.Log2((ulong)(_firstBlock * _width));
                return Find(address, inner + 1, ref offset);
            }

            offset -= blockBytes * _width;
        }

        throw _file.Error(0, "fractal heap: an object lies behind its last block.");
    }

    private long ReadEntry(long table, long index)
    {
        int prefix = 5 + _file.AddressWidth + _offsetWidth;
        Cursor start = _file.Structure(table, prefix, "table of a heap");
        start.Signature("FHIB");
        start.Version(0);
        return _file.Structure(table + prefix + (index * _file.AddressWidth), _file.AddressWidth, "table of a heap")
            .Address();
    }
}
