using System.Buffers.Binary;

namespace Atelier.Weights;

/// <summary>The storage format of a number.</summary>
internal enum WeightType
{
    F32,
    F16,
    BF16,
    F64,
}

/// <summary>Converts bytes to numbers and back.</summary>
internal static class WeightTypes
{
    internal static int BytesPerValue(this WeightType type) => type switch
    {
        WeightType.F64 => 8,
        WeightType.F32 => 4,
        _ => 2,
    };

    /// <summary>Converts stored little-endian numbers to floats.</summary>
    internal static void Widen(this WeightType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                WeightType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]),
                WeightType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]),
                WeightType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
                _ => BitConverter.UInt32BitsToSingle(
                    (uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16),
            };
        }
    }

    /// <summary>The opposite of <see cref="Widen"/>, for the two types that are written.</summary>
    internal static void Narrow(this WeightType type, ReadOnlySpan<float> values, Span<byte> bytes)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (type == WeightType.F16)
            {
                BinaryPrimitives.WriteHalfLittleEndian(bytes[(2 * i)..], (Half)values[i]);
            }
            else
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes[(4 * i)..], values[i]);
            }
        }
    }
}
