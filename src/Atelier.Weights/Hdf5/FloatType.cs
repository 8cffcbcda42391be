using System.Buffers.Binary;

namespace Atelier.Weights.Hdf5;

/// <summary>The number format of a dataset: IEEE 754 binary floating point in 2, 4 or 8 bytes.</summary>
internal sealed record FloatType(int Bytes, bool IsBigEndian)
{
    private const int Integer = 0, FloatingPoint = 1;

    /// <summary>Returns the type, or null if the dataset contains anything else, such as text or integers.</summary>
    /// <param name="message">The message of the datatype.</param>
    /// <param name="integer">The type if the dataset contains integers, such as int8; otherwise null.</param>
    internal static FloatType? Read(Cursor message, out string? integer)
    {
        const int BigEndian = 1, Signed = 8, Vax = 64, LeadingBit = 48, ImpliedLeadingBit = 32;
        int kind = message.Byte(), bits = message.Byte(), sign = message.Byte();
        message.Skip(1);
        uint bytes = message.UInt32();
        integer = (kind & 15) == Integer ? $"{((bits & Signed) != 0 ? "" : "u")}int{8L * bytes}" : null;
        if ((kind & 15) != FloatingPoint)
        {
            return null;
        }

        (int Offset, int Precision) place = (message.UInt16(), message.UInt16());
        (int Exponent, int ExponentBits, int Mantissa, int MantissaBits) fields =
            (message.Byte(), message.Byte(), message.Byte(), message.Byte());
        uint bias = message.UInt32();
        (int exponentBits, int mantissaBits) = bytes switch { 2 => (5, 10), 4 => (8, 23), 8 => (11, 52), _ => (0, 0) };
        bool isStandard = exponentBits > 0 && place == (0, 8 * (int)bytes) && sign == (8 * bytes) - 1
            && fields == (mantissaBits, exponentBits, 0, mantissaBits) && bias == (1u << (exponentBits - 1)) - 1
            && (bits & Vax) == 0 && (bits & LeadingBit) == ImpliedLeadingBit;
        return isStandard ? new FloatType((int)bytes, (bits & BigEndian) != 0) : null;
    }

    /// <summary>Converts stored numbers to values.</summary>
    internal void Decode(ReadOnlySpan<byte> stored, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> number = stored.Slice(i * Bytes, Bytes);
            values[i] = (Bytes, IsBigEndian) switch
            {
                (2, false) => (float)BinaryPrimitives.ReadHalfLittleEndian(number),
                (2, true) => (float)BinaryPrimitives.ReadHalfBigEndian(number),
                (4, false) => BinaryPrimitives.ReadSingleLittleEndian(number),
                (4, true) => BinaryPrimitives.ReadSingleBigEndian(number),
                (_, false) => (float)BinaryPrimitives.ReadDoubleLittleEndian(number),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(number),
            };
        }
    }
}
