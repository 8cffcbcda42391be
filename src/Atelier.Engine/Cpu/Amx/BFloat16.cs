namespace Atelier.Engine.Cpu.Amx;

/// <summary>bfloat16: the upper half of a float32, that is its sign, its exponent and seven bits after the point.
/// </summary>
internal static class BFloat16
{
    /// <summary>Added to a number's bits, carries into the upper half what is more than half of its last place; with
    /// that place itself in the lowest bit, ties go to even.</summary>
    internal const uint BelowHalf = 0x7FFF;

    /// <summary>The highest bit of a fraction, which keeps a NaN from being rounded to infinity.</summary>
    internal const uint Quiet = 0x0040_0000;

    /// <summary>The nearest number, with an even last place where two are as near.</summary>
    internal static ushort Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((float.IsNaN(value) ? bits | Quiet : bits + BelowHalf + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>The number that stands for itself in float32.</summary>
    internal static float Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
