namespace Atelier.Video.Ffmpeg;

/// <summary>The color interpretation of a video's pixels, in ffmpeg's terms.</summary>
/// <param name="Matrix">The matrix that converts RGB to luma and chroma, as the scale filter names it; null for RGB
/// video.</param>
/// <param name="IsFull">Whether luma uses the full range 0 to 255 instead of 16 to 235.</param>
/// <param name="Primaries">The color primaries; null if the file does not specify them.</param>
/// <param name="Transfer">The transfer characteristics; null if the file does not specify them.</param>
internal sealed record ColorTags(string? Matrix, bool IsFull, string? Primaries, string? Transfer)
{
    private const int TallestStandardDefinition = 576;

    /// <summary>Reads the fields of a stream.</summary>
    /// <param name="field">Returns a field of ffprobe's output by name; empty if absent.</param>
    /// <param name="height">Stored height in pixels, which determines the matrix if the file does not specify
    /// it.</param>
    public static ColorTags Parse(Func<string, string> field, int height)
    {
        string pixels = field("pix_fmt");
        bool isYuv = !pixels.Contains("rgb") && !pixels.StartsWith("gbr") && !pixels.StartsWith("bgr")
            && !pixels.StartsWith("pal");
        string? matrix = !isYuv ? null : field("color_space") switch
        {
            "bt709" => "bt709",
            "bt470bg" => "bt470",
            "smpte170m" => "smpte170m",
            "smpte240m" => "smpte240m",
            "fcc" => "fcc",
            "bt2020nc" or "bt2020c" => "bt2020",
            // Players assume the matrix of high definition for untagged video of this height.
            _ => height > TallestStandardDefinition ? "bt709" : "bt601",
        };
        bool isFull = field("color_range") is "pc" || pixels.StartsWith("yuvj");
        return new ColorTags(matrix, isFull, Known(field("color_primaries")), Known(field("color_transfer")));
    }

    private static string? Known(string word) => word is "" or "unknown" or "reserved" or "unspecified" ? null : word;
}
