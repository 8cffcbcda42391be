using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Atelier.Imaging.Codecs;

/// <summary>Converts between the integers in files and the floats in [0, 1] in memory. Every integer is preserved when
/// it is read and written again.</summary>
internal static class Samples
{
    /// <summary>Returns the floats of all samples of a bit depth: level / (2^bits − 1).</summary>
    public static float[] Levels(int bits) => LevelsUpTo((1 << bits) - 1);

    /// <summary>Returns the floats of the samples 0 to <paramref name="highest"/>: level / highest.</summary>
    public static float[] LevelsUpTo(int highest)
    {
        float[] levels = new float[highest + 1];
        for (int level = 0; level <= highest; level++) levels[level] = (float)level / highest;
        return levels;
    }

    /// <summary>Rounds samples to 0–255, halves to even. Values outside [0, 1] are clamped; NaN becomes 0.</summary>
    public static void Round(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        int block = Vector<byte>.Count, lanes = Vector<float>.Count, i = 0;
        for (; i <= samples.Length - block; i += block)
        {
            ReadOnlySpan<float> from = samples.Slice(i, block);
            Vector<ushort> low = Vector.Narrow(Scale(from, 255f), Scale(from[lanes..], 255f));
            Vector<ushort> high = Vector.Narrow(Scale(from[(2 * lanes)..], 255f), Scale(from[(3 * lanes)..], 255f));
            Vector.Narrow(low, high).CopyTo(bytes[i..]);
        }

        for (; i < samples.Length; i++) bytes[i] = (byte)Scale(samples[i], 255f);
    }

    /// <summary>Rounds samples to 0–65535, halves to even. Values outside [0, 1] are clamped; NaN becomes 0.</summary>
    public static void Round(ReadOnlySpan<float> samples, Span<ushort> words)
    {
        int block = Vector<ushort>.Count, lanes = Vector<float>.Count, i = 0;
        for (; i <= samples.Length - block; i += block)
        {
            ReadOnlySpan<float> from = samples.Slice(i, block);
            Vector.Narrow(Scale(from, 65535f), Scale(from[lanes..], 65535f)).CopyTo(words[i..]);
        }

        for (; i < samples.Length; i++) words[i] = (ushort)Scale(samples[i], 65535f);
    }

    /// <summary>Reads big-endian 16-bit samples.</summary>
    public static void ReadBigEndian(ReadOnlySpan<byte> bytes, Span<ushort> words)
    {
        ReadOnlySpan<ushort> raw = MemoryMarshal.Cast<byte, ushort>(bytes)[..words.Length];
        if (BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(raw, words);
        else raw.CopyTo(words);
    }

    /// <summary>Splits bytes into samples of 1, 2, 4 or 8 bits, the highest bits of a byte first.</summary>
    public static void ReadPacked(ReadOnlySpan<byte> bytes, int bits, Span<ushort> samples)
    {
        if (bits == 8)
        {
            for (int i = 0; i < samples.Length; i++) samples[i] = bytes[i];
            return;
        }

        int mask = (1 << bits) - 1;
        for (int i = 0; i < samples.Length; i++)
        {
            long bit = (long)i * bits;
            samples[i] = (ushort)((bytes[(int)(bit >> 3)] >> (8 - bits - (int)(bit & 7))) & mask);
        }
    }

    private static Vector<uint> Scale(ReadOnlySpan<float> samples, float highest)
    {
        Vector<float> sample = new(samples);
        // The comparison, unlike a maximum, is false for NaN on every processor.
        sample = Vector.ConditionalSelect(Vector.GreaterThan(sample, Vector<float>.Zero), sample, Vector<float>.Zero);
        sample = Vector.Min(sample, Vector<float>.One) * highest;
        return Vector.ConvertToInt32(Vector.Round(sample)).As<int, uint>();
    }

    private static int Scale(float sample, float highest)
        => sample > 0f ? (int)MathF.Round(MathF.Min(sample, 1f) * highest) : 0;
}
