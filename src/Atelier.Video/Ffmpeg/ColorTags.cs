namespace Atelier.Video.Ffmpeg;

/// <summary>What the numbers of a video's pixels mean, in ffmpeg's words.</summary>
/// <param name="Matrix">How red, green and blue become luma and chroma, as the scale filter names it; null where they
/// do not.</param>
/// <param name="IsFull">Whether luma takes all values from 0 to 255 and not those from 16 to 235.</param>
/// <param name="Primaries">Which red, green and blue; null where the file does not say.</param>
/// <param name="Transfer">By which curve they are encoded; null where the file does not say.</param>
internal sealed record ColorTags(string? Matrix, bool IsFull, string? Primaries, string? Transfer)
{
    private const int TallestStandardDefinition = 576;

    /// <summary>Reads the fields of a stream.</summary>
    /// <param name="field">A field by its name in ffprobe's output; empty where there is none.</param>
    /// <param name="height">Stored height in pixels, which decides where the file does not say.</param>
    public static ColorTags Of(Func<string, string> field, int height)
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
            // Players take what says nothing for high definition's matrix when it is that tall.
            _ => height > TallestStandardDefinition ? "bt709" : "bt601",
        };
        bool isFull = field("color_range") is "pc" || pixels.StartsWith("yuvj");
        return new ColorTags(matrix, isFull, Known(field("color_primaries")), Known(field("color_transfer")));
    }

    private static string? Known(string word) => word is "" or "unknown" or "reserved" or "unspecified" ? null : word;
}
