namespace Atelier.Engine.Cpu.Amx;

/// <summary>bfloat16: the upper half of a float32, that is its sign, its exponent and seven bits after the point.
/// </summary>
internal static class BFloat16
{
    /// <summary>Added to the bits of a number, this rounds the upper half up if the lower half is more than half a
    /// unit; adding the last bit of the upper half as well rounds ties to even.</summary>
    internal const uint BelowHalf = 0x7FFF;

    /// <summary>The highest bit of the fraction, set to prevent a NaN from being rounded to infinity.</summary>
    internal const uint Quiet = 0x0040_0000;

    /// <summary>Rounds to the nearest bfloat16, ties to even.</summary>
    internal static ushort Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((float.IsNaN(value) ? bits | Quiet : bits + BelowHalf + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>Converts to float32, which is exact.</summary>
    internal static float Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
