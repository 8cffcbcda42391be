namespace Atelier.Imaging.Codecs.Qoi;

/// <summary>A pixel of 8-bit samples, and the table in which both sides find recent pixels.</summary>
internal readonly record struct QoiPixel(byte Red, byte Green, byte Blue, byte Alpha)
{
    /// <summary>Number of recent pixels that the table holds.</summary>
    public const int TableLength = 64;

    /// <summary>The pixel before the first one.</summary>
    public static QoiPixel First => new(0, 0, 0, 255);

    /// <summary>The place of this pixel in the table.</summary>
    public int Index => ((Red * 3) + (Green * 5) + (Blue * 7) + (Alpha * 11)) % TableLength;
}

/// <summary>The tags that begin a piece of QOI data. The two short tags come before the six-bit ones.</summary>
internal static class QoiTags
{
    public const int Rgb = 0xFE, Rgba = 0xFF;
    public const int Index = 0x00, Difference = 0x40, Luma = 0x80, Run = 0xC0, Mask = 0xC0;

    /// <summary>The most pixels that one byte repeats; longer runs would look like the tags of eight bits.</summary>
    public const int MaxRun = 62;
}
