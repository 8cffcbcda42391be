using System.Globalization;
using System.Text;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Cli.Video;
using Atelier.Primitives;
using Atelier.Video;

namespace Atelier.Cli.Commands.Video;

/// <summary>The file that a video's measurements go to: JSON, or a table with a row for each frame.</summary>
internal static class VideoReportFile
{
    private const string Json = ".json", Table = ".csv";

    /// <summary>Refuses, before any work, a name or a place that cannot be.</summary>
    /// <exception cref="CliException">It cannot be.</exception>
    public static void Check(string path, IEnumerable<string> inputs)
    {
        if (!VideoInput.HasExtension(path, Json) && !VideoInput.HasExtension(path, Table))
        {
            throw CliException.Usage($"--report '{path}' is neither {Json} nor {Table}.", "give it one of the two.");
        }

        OutputFile.RequireNoInput(path, inputs);
        OutputFile.RequireFolder(path);
    }

    public static void Save(string path, VideoReport report)
        => AtomicFile.Write(path, stream => stream.Write(VideoInput.HasExtension(path, Json)
            ? JsonSerializer.SerializeToUtf8Bytes(report, Documents.Readable.VideoReport)
            : Encoding.UTF8.GetBytes(TableOf(report))));

    private static string TableOf(VideoReport report)
    {
        StringBuilder table = new("frame,startsScene,warpingError,flicker,styleDistance,contentDistance\n");
        foreach (FrameReport frame in report.Frames)
        {
            table.Append(CultureInfo.InvariantCulture,
                $"{frame.Frame},{(frame.StartsScene ? 1 : 0)},{frame.WarpingError},{frame.Flicker}," +
                $"{frame.StyleDistance},{frame.ContentDistance}\n");
        }

        return table.ToString();
    }
}
