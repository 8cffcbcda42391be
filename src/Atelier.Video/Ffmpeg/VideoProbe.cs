using System.Globalization;
using System.Text.Json;

namespace Atelier.Video.Ffmpeg;

/// <summary>What ffprobe reports about a video.</summary>
/// <param name="Container">Name of the container, such as "mov,mp4,m4a,3gp,3g2,mj2".</param>
/// <param name="Codec">Name of the codec, such as "h264".</param>
/// <param name="PixelFormat">Pixel format, such as "yuv420p10le".</param>
/// <param name="Index">Index of the stream in the file.</param>
/// <param name="Width">Displayed width in pixels: upright, with square pixels.</param>
/// <param name="Height">Displayed height in pixels.</param>
/// <param name="Rotation">Rotation, in degrees, that makes the stored pixels upright.</param>
/// <param name="TimeBase">Length of a tick in seconds.</param>
/// <param name="FrameRates">Frame rates stated by the file, most reliable first.</param>
/// <param name="FileStart">Start time of the file, in seconds.</param>
/// <param name="Color">Its color tags.</param>
/// <param name="AudioStreams">Number of audio streams.</param>
/// <param name="SubtitleStreams">Number of subtitle streams.</param>
internal sealed record VideoProbe(
    string Container, string Codec, string PixelFormat, int Index, int Width, int Height, int Rotation,
    Rational TimeBase, IReadOnlyList<Rational> FrameRates, double FileStart, ColorTags Color, int AudioStreams,
    int SubtitleStreams)
{
    /// <summary>Returns the arguments for ffprobe.</summary>
    public static string[] Arguments(string path)
        => ["-v", "level+error", "-print_format", "json", "-show_format", "-show_streams", .. InputArguments.For(path)];

    /// <summary>Parses ffprobe's output.</summary>
    /// <exception cref="CodedException">The file contains no video.</exception>
    public static VideoProbe Parse(string path, string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement[] streams = document.RootElement.TryGetProperty("streams", out JsonElement all)
            ? [.. all.EnumerateArray()] : [];
        JsonElement[] videos = [.. streams.Where(stream => Text(stream, "codec_type") == "video" && !IsCover(stream))];
        if (videos.Length == 0)
        {
            string found = streams.Any(stream => Text(stream, "codec_type") == "audio") ? "only sound" : "no video";
            throw CodedException.Failed("video.none", $"'{path}' contains {found}, but a video was expected.");
        }

        JsonElement video = videos[0];
        (int width, int height) = (Number(video, "width"), Number(video, "height"));
        if (width <= 0 || height <= 0 || Text(video, "codec_name").Length == 0)
        {
            throw CodedException.Failed("video.unknown",
                $"'{path}' contains a video that is damaged or that this ffmpeg cannot decode.");
        }

        int rotation = RotationOf(video);
        (width, height) = Squared(width, height, Text(video, "sample_aspect_ratio"));
        if (int.Abs(rotation) % 180 == 90)
        {
            (width, height) = (height, width);
        }

        JsonElement format = document.RootElement.TryGetProperty("format", out JsonElement f) ? f : default;
        _ = double.TryParse(Text(format, "start_time"), CultureInfo.InvariantCulture, out double start);
        return new VideoProbe(
            Text(format, "format_name"), Text(video, "codec_name"), Text(video, "pix_fmt"), Number(video, "index"),
            width, height, rotation,
            Fraction(video, "time_base") ?? new Rational(1, 1000),
            [.. new[] { Fraction(video, "r_frame_rate"), Fraction(video, "avg_frame_rate") }.OfType<Rational>()],
            start, ColorTags.Parse(name => Text(video, name), height),
            streams.Count(stream => Text(stream, "codec_type") == "audio"),
            streams.Count(stream => Text(stream, "codec_type") == "subtitle"));
    }

    /// <summary>Returns the size with square pixels, on no side smaller than the stored one.</summary>
    private static (int Width, int Height) Squared(int width, int height, string aspect)
    {
        if (!Rational.TryParse(aspect.Replace(':', '/'), out Rational pixel))
        {
            return (width, height);
        }

        double ratio = pixel.Value;
        return ratio >= 1
            ? ((int)Math.Round(width * ratio), height)
            : (width, (int)Math.Round(height / ratio));
    }

    private static int RotationOf(JsonElement video)
    {
        if (video.TryGetProperty("side_data_list", out JsonElement list))
        {
            foreach (JsonElement data in list.EnumerateArray())
            {
                if (data.TryGetProperty("rotation", out JsonElement degrees) && degrees.TryGetDouble(out double value))
                {
                    return (int)Math.Round(value);
                }
            }
        }

        // Older versions write the opposite direction, which does not matter for whether width and height are swapped.
        return video.TryGetProperty("tags", out JsonElement tags) ? Number(tags, "rotate") : 0;
    }

    /// <summary>Whether a stream is cover art.</summary>
    private static bool IsCover(JsonElement stream)
        => stream.TryGetProperty("disposition", out JsonElement kinds) && Number(kinds, "attached_pic") == 1;

    private static string Text(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            ? value.ToString() : "";

    private static int Number(JsonElement element, string name)
        => int.TryParse(Text(element, name), CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static Rational? Fraction(JsonElement element, string name)
        => Rational.TryParse(Text(element, name), out Rational value) ? value : null;
}
