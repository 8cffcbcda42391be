using System.Buffers.Binary;
using System.Numerics;

namespace Atelier.Weights.Hdf5;

/// <summary>The checksum of HDF5's newer structures: Bob Jenkins' hash "lookup3", little-endian, from zero.</summary>
internal static class Lookup3
{
    private const int Block = 12;

    internal static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint a = 0xDEADBEEF + (uint)bytes.Length, b = a, c = a;
        if (bytes.IsEmpty)
        {
            return c;
        }

        for (; bytes.Length > Block; bytes = bytes[Block..])
        {
            Add(bytes, ref a, ref b, ref c);
            Mix(ref a, ref b, ref c);
        }

        Span<byte> last = stackalloc byte[Block];
        last.Clear();
        bytes.CopyTo(last);
        Add(last, ref a, ref b, ref c);
        return Finish(a, b, c);
    }

    private static void Add(ReadOnlySpan<byte> bytes, ref uint a, ref uint b, ref uint c)
    {
        a += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        b += BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        c += BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
    }

    private static void Mix(ref uint a, ref uint b, ref uint c)
    {
        Turn(ref a, ref c, b, 4);
        Turn(ref b, ref a, c, 6);
        Turn(ref c, ref b, a, 8);
        Turn(ref a, ref c, b, 16);
        Turn(ref b, ref a, c, 19);
        Turn(ref c, ref b, a, 4);
    }

    private static void Turn(ref uint x, ref uint y, uint z, int bits)
    {
        x = (x - y) ^ BitOperations.RotateLeft(y, bits);
        y += z;
    }

    private static uint Finish(uint a, uint b, uint c)
    {
        c = (c ^ b) - BitOperations.RotateLeft(b, 14);
        a = (a ^ c) - BitOperations.RotateLeft(c, 11);
        b = (b ^ a) - BitOperations.RotateLeft(a, 25);
        c = (c ^ b) - BitOperations.RotateLeft(b, 16);
        a = (a ^ c) - BitOperations.RotateLeft(c, 4);
        b = (b ^ a) - BitOperations.RotateLeft(a, 14);
        return (c ^ b) - BitOperations.RotateLeft(b, 24);
    }
}
