using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Primitives;
using Atelier.Video;
using Atelier.Workshop.Outputs;

namespace Atelier.Workshop.Videos;

/// <summary>The report file of a video: JSON, or CSV with one row per frame.</summary>
public static class VideoReportFile
{
    private const string Json = ".json", Table = ".csv";

    /// <summary>Throws, before any work, if the name or location is invalid.</summary>
    /// <exception cref="CodedException">The name or location is invalid.</exception>
    public static void Check(string path, IEnumerable<string> inputs)
    {
        if (!VideoInput.HasExtension(path, Json) && !VideoInput.HasExtension(path, Table))
        {
            throw CodedException.Usage($"report '{path}' is neither {Json} nor {Table}.",
                "use one of these two extensions", "report");
        }

        OutputPath.RequireNoInput(path, inputs);
        OutputPath.RequireFolder(path);
    }

    /// <summary>Writes the measurements atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, VideoReport report)
        => AtomicFile.Write(path, stream => stream.Write(VideoInput.HasExtension(path, Json)
            ? JsonSerializer.SerializeToUtf8Bytes(report, VideoReportJson.Default.VideoReport)
            : Encoding.UTF8.GetBytes(TableOf(report))));

    private static string TableOf(VideoReport report)
    {
        StringBuilder table = new(
            "frame,startsScene,warpingError,flicker,styleDistance,contentDistance," +
            "brightness,contrast,brightnessDrift,contrastDrift\n");
        foreach (FrameReport frame in report.Frames)
        {
            table.Append(CultureInfo.InvariantCulture,
                $"{frame.Frame},{(frame.StartsScene ? 1 : 0)},{frame.WarpingError},{frame.Flicker}," +
                $"{frame.StyleDistance},{frame.ContentDistance},{frame.Brightness},{frame.Contrast}," +
                $"{frame.BrightnessDrift},{frame.ContrastDrift}\n");
        }

        return table.ToString();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(VideoReport))]
internal sealed partial class VideoReportJson : JsonSerializerContext;
