using Atelier.Engine.Cpu.Amx;
using Atelier.Engine.Cpu.Kernels;
using Atelier.Testing;

namespace Atelier.Engine.Tests.Cpu.Amx;

public sealed unsafe class BFloat16Tests
{
    [Fact]
    public void Round_AnyNumber_IsTheNearestAndEvenWhereTwoAreAsNear()
    {
        foreach (float value in Samples().Where(float.IsFinite))
        {
            uint below = BitConverter.SingleToUInt32Bits(value) >> 16;
            double low = Magnitude(below), high = Magnitude(below + 1), middle = (low + high) / 2;
            double magnitude = Math.Abs((double)value);
            uint expected = magnitude < middle || (magnitude == middle && below % 2 == 0) ? below : below + 1;
            Assert.Equal(expected, BFloat16.Round(value));
        }
    }

    [Fact]
    public void Round_WhatIsNoNumber_StaysSo()
    {
        Assert.Equal(float.PositiveInfinity, BFloat16.Widen(BFloat16.Round(float.PositiveInfinity)));
        Assert.Equal(float.NegativeInfinity, BFloat16.Widen(BFloat16.Round(float.NegativeInfinity)));
        Assert.Equal(float.PositiveInfinity, BFloat16.Widen(BFloat16.Round(float.MaxValue)));
        foreach (uint bits in (uint[])[0x7F80_0001, 0x7FFF_FFFF, 0xFF80_0001, 0xFFFF_FFFF, 0x7FC0_0000])
            Assert.True(float.IsNaN(BFloat16.Widen(BFloat16.Round(BitConverter.UInt32BitsToSingle(bits)))));
    }

    [Theory]
    [MemberData(nameof(Widths.All), MemberType = typeof(Widths))]
    public void StoreBFloat16_AnyWidth_RoundsAsOneNumberDoes(int bits)
    {
        float[] values = Samples();
        Array.Resize(ref values, values.Length / 16 * 16);
        ushort[] stored = new ushort[values.Length];
        fixed (float* source = values)
        fixed (ushort* target = stored)
        {
            switch (bits)
            {
                case 512: StoreAll<Lanes512>(source, target, values.Length); break;
                case 256: StoreAll<Lanes256>(source, target, values.Length); break;
                case 128: StoreAll<Lanes128>(source, target, values.Length); break;
                default: StoreAll<LanesScalar>(source, target, values.Length); break;
            }
        }

        Assert.Equal(values.Select(BFloat16.Round), stored);
    }

    private static void StoreAll<T>(float* source, ushort* target, int count) where T : struct, ILanes<T>
    {
        for (int i = 0; i < count; i += T.Count)
            T.StoreBFloat16(T.Load(source + i), target + i);
    }

    // Beyond the largest number, the next one there would be.
    private static double Magnitude(uint bits) => (bits & 0x7FFF) == 0x7F80
        ? 2 * Math.Pow(2, 127)
        : BFloat16.Widen((ushort)(bits & 0x7FFF));

    /// <summary>Ties, their neighbors, subnormal and largest numbers, NaNs, and random ones.</summary>
    private static float[] Samples()
    {
        Random random = new(5);
        uint[] ends = [0, 1, 0x7FFF, 0x8000, 0x8001, 0x1_7FFF, 0x1_8000, 0x1_8001, 0xFFFF];
        IEnumerable<uint> bits = Enumerable.Range(0, 2000).SelectMany(_ =>
        {
            uint upper = (uint)random.Next(0x8000) << 16, sign = (uint)random.Next(2) << 31;
            return ends.Select(end => sign | (upper + end)).Append((uint)random.NextInt64(1L << 32));
        });
        uint[] special = [0x7F7F_7FFF, 0x7F7F_8000, 0x7F80_0000, 0xFF80_0000, 0x7F80_0001, 0xFFFF_FFFF, 0x8000_0000];
        return [.. special.Concat(bits).Select(BitConverter.UInt32BitsToSingle)];
    }
}
