using Atelier.Imaging.Codecs;

namespace Atelier.Imaging.Profiles;

/// <summary>Converts planes to sRGB by a profile of tables, a block of pixels at a time.</summary>
internal static class ProfileTables
{
    private const int BlockLength = 1 << 20;

    /// <summary>Returns red, green and blue in sRGB.</summary>
    /// <param name="converter">What applies the profile.</param>
    /// <param name="channels">The planes of gray, RGB or CMYK, in [0, 1]; they are not changed.</param>
    /// <param name="profile">Their profile; null for CMYK of usual print.</param>
    /// <exception cref="ImageFormatException">The profile cannot be applied.</exception>
    internal static float[][] ToSrgb(IProfileConverter converter, float[][] channels, ReadOnlyMemory<byte>? profile)
    {
        int length = channels[0].Length;
        float[][] srgb = [new float[length], new float[length], new float[length]];
        float[] levels = Samples.LevelsUpTo(ushort.MaxValue);
        ushort[] words = new ushort[Math.Min(length, BlockLength)];
        for (int start = 0; start < length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, length - start);
            ushort[] pixels = new ushort[count * channels.Length];
            for (int channel = 0; channel < channels.Length; channel++)
            {
                Samples.Round(channels[channel].AsSpan(start, count), words.AsSpan(0, count));
                for (int i = 0; i < count; i++) pixels[(i * channels.Length) + channel] = words[i];
            }

            ushort[] colors = converter.ToSrgb(pixels, channels.Length, profile);
            for (int channel = 0; channel < srgb.Length; channel++)
            {
                float[] plane = srgb[channel];
                for (int i = 0; i < count; i++) plane[start + i] = levels[colors[(i * 3) + channel]];
            }
        }

        return srgb;
    }
}
