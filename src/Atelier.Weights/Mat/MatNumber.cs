using System.Buffers.Binary;

namespace Atelier.Weights.Mat;

/// <summary>Numbers as stored in a MAT file, often in a smaller type than that of the array.</summary>
internal static class MatNumber
{
    /// <summary>Returns the number of bytes per number, or 0 for a type that does not contain numbers.</summary>
    internal static int BytesOf(MatElementType type) => type switch
    {
        MatElementType.Int8 or MatElementType.UInt8 => 1,
        MatElementType.Int16 or MatElementType.UInt16 => 2,
        MatElementType.Int32 or MatElementType.UInt32 or MatElementType.Single => 4,
        MatElementType.Int64 or MatElementType.UInt64 or MatElementType.Double => 8,
        _ => 0,
    };

    internal static float Read(ReadOnlySpan<byte> bytes, MatElementType type) => type switch
    {
        MatElementType.Int8 => (sbyte)bytes[0],
        MatElementType.UInt8 => bytes[0],
        MatElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        MatElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        MatElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        MatElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        MatElementType.Single => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        MatElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        MatElementType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };
}
