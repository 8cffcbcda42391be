using System.Text.Json;
using Atelier.Imaging;
using Atelier.Video.Ffmpeg;

namespace Atelier.Video.Tests.Ffmpeg;

/// <summary>Small videos made by the real ffmpeg, in a folder of a test's own.</summary>
internal sealed class Clips : IDisposable
{
    private static readonly Lazy<FfmpegTool?> Found = new(() =>
    {
        try
        {
            return FfmpegTool.Find(null, (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
        }
        catch (CodedException)
        {
            return null;
        }
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-clips-").FullName;

    public Clips()
    {
        Assert.SkipWhen(Found.Value is null, "There is no ffmpeg on this machine.");
        Tool = Found.Value! with { Patience = TimeSpan.FromSeconds(20) };
    }

    public FfmpegTool Tool { get; }

    public string[] Files => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order()];

    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>Makes a clip of a moving test picture.</summary>
    /// <param name="source">Size, rate and length, as in "size=64x48:rate=25:duration=1".</param>
    public string Make(string name, string source, params string[] arguments)
        => Run(name, ["-f", "lavfi", "-i", $"testsrc={source}", .. arguments]);

    /// <summary>Makes a file with ffmpeg.</summary>
    public string Run(string name, params string[] arguments)
    {
        ChildProcess.Capture(Tool.Path, ["-nostdin", "-v", "level+error", "-y", .. arguments, At(name)],
            Tool.Patience);
        return At(name);
    }

    /// <summary>What ffprobe says of the streams of a file.</summary>
    public JsonElement[] Streams(string path)
        => [.. JsonElement.Parse(ChildProcess.Capture(Tool.ProbePath, VideoProbe.Arguments(path), Tool.Patience))
            .GetProperty("streams").EnumerateArray()];

    /// <summary>The times of a stream's packets in seconds, in the order of the file.</summary>
    public double[] Times(string path, string stream)
        => [.. ChildProcess.Capture(Tool.ProbePath,
            ["-v", "error", "-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "csv=p=0", path],
            Tool.Patience)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line.Trim().TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture))
            .Order()];

    public FfmpegSource Open(string path, double start = 0, double? end = null)
        => new(Tool, path, TimeSpan.FromSeconds(start), end is double last ? TimeSpan.FromSeconds(last) : null);

    /// <summary>Writes all frames of a source to a file, or the first of them.</summary>
    public FfmpegSink Copy(
        IFrameSource source, string name, VideoEncoding? encoding = null, CarriedOver? carried = null,
        int most = int.MaxValue)
    {
        using FfmpegSink sink = new(Tool, At(name), source.Format, encoding ?? new VideoEncoding(), carried);
        for (int i = 0; i < most && source.Read() is VideoFrame frame; i++)
            sink.Write(frame);
        sink.Complete();
        return sink;
    }

    public static List<VideoFrame> ReadAll(IFrameSource source)
    {
        List<VideoFrame> frames = [];
        while (source.Read() is VideoFrame frame)
            frames.Add(frame);
        return frames;
    }

    /// <summary>The color of a pixel, 0–255.</summary>
    public static int[] ColorAt(Picture picture, int x, int y)
    {
        int i = (y * picture.Width) + x;
        return [.. new[] { picture.Red[i], picture.Green[i], picture.Blue[i] }.Select(v => (int)Math.Round(v * 255))];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
