namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The quantization tables of T.81, annex K.1, in natural order, scaled as by the Independent JPEG
/// Group.</summary>
internal static class StandardQuantization
{
    private static ReadOnlySpan<byte> LuminanceBase =>
    [
        16, 11, 10, 16, 24, 40, 51, 61,
        12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101,
        72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static ReadOnlySpan<byte> ChrominanceBase =>
    [
        17, 18, 24, 47, 99, 99, 99, 99,
        18, 21, 26, 66, 99, 99, 99, 99,
        24, 26, 56, 99, 99, 99, 99, 99,
        47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99,
    ];

    /// <summary>Table for luminance at a quality of 1–100.</summary>
    internal static byte[] Luminance(int quality) => Scale(LuminanceBase, quality);

    /// <summary>Table for color at a quality of 1–100.</summary>
    internal static byte[] Chrominance(int quality) => Scale(ChrominanceBase, quality);

    private static byte[] Scale(ReadOnlySpan<byte> table, int quality)
    {
        int percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        byte[] scaled = new byte[Block.Area];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (byte)Math.Clamp(((table[i] * percent) + 50) / 100, 1, 255);
        }

        return scaled;
    }
}
