using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Engine.OpenCl.Handles;

namespace Atelier.Testing;

/// <summary>Sees into bit maps.</summary>
internal static unsafe class Bits
{
    /// <summary>A bit for each value, [H, W, C].</summary>
    /// <param name="word">0 for the only or low bit, 1 for the high one.</param>
    internal static bool[] Of(FeatureBits map, int word)
    {
        if (map is OpenClFeatureBits bytes)
        {
            byte[] values = new byte[map.Shape.Count];
            bytes.Queue.Read(bytes.Memory, values.AsSpan());
            return Array.ConvertAll(values, value => ((value >> word) & 1) != 0);
        }

        CpuBitMap words = CpuBitMap.From(map);
        bool[] bits = new bool[map.Shape.Count];
        for (int i = 0; i < bits.Length; i++)
        {
            (int pixel, int channel) = Math.DivRem(i, map.Shape.Channels);
            (int y, int x) = Math.DivRem(pixel, map.Shape.Width);
            int wordsOfPixel = words.RowWords / map.Shape.Width;
            ushort found = words.Row(y)[(x * wordsOfPixel) + (channel / 16 * map.BitsPerValue) + word];
            bits[i] = ((found >> (channel % 16)) & 1) != 0;
        }

        return bits;
    }

    internal static void Fill(FeatureBits map, int seed)
    {
        Random random = new(seed);
        if (map is OpenClFeatureBits bytes)
        {
            byte[] values = new byte[map.Shape.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = (byte)random.Next(1 << map.BitsPerValue);
            bytes.Queue.Write<byte>(values, bytes.Memory);
            return;
        }

        CpuBitMap words = CpuBitMap.From(map);
        for (int i = 0; i < map.Shape.Height * words.RowWords; i++)
            words.Row(0)[i] = (ushort)random.Next(0x10000);
    }
}
