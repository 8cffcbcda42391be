using System.Text.Json;
using Atelier.Cli.Video;
using Atelier.Imaging;
using Atelier.Video;

namespace Atelier.Cli.Tests.Video;

/// <summary>Small videos made by the real ffmpeg, in a folder of a test's own.</summary>
internal sealed class Clips : IDisposable
{
    private static readonly Lazy<Ffmpeg?> Found = new(() =>
    {
        try
        {
            return Ffmpeg.Find();
        }
        catch (CliException)
        {
            return null;
        }
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("atelier-clips-").FullName;

    public Clips()
    {
        Assert.SkipWhen(Found.Value is null, "There is no ffmpeg on this machine.");
        Ffmpeg = Found.Value! with { Patience = TimeSpan.FromSeconds(20) };
    }

    public Ffmpeg Ffmpeg { get; }

    public string[] Files => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order()];

    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>Makes a clip of a moving test picture.</summary>
    /// <param name="source">Size, rate and length, as in "size=64x48:rate=25:duration=1".</param>
    public string Make(string name, string source, params string[] arguments)
        => Run(name, ["-f", "lavfi", "-i", $"testsrc={source}", .. arguments]);

    /// <summary>Makes a file with ffmpeg.</summary>
    public string Run(string name, params string[] arguments)
    {
        ChildProcess.Capture(Ffmpeg.Path, ["-nostdin", "-v", "level+error", "-y", .. arguments, At(name)],
            Ffmpeg.Patience);
        return At(name);
    }

    /// <summary>What ffprobe says of the streams of a file.</summary>
    public JsonElement[] Streams(string path)
        => [.. JsonElement.Parse(ChildProcess.Capture(Ffmpeg.ProbePath, VideoProbe.Arguments(path), Ffmpeg.Patience))
            .GetProperty("streams").EnumerateArray()];

    /// <summary>The times of a stream's packets in seconds, in the order of the file.</summary>
    public double[] Times(string path, string stream)
        => [.. ChildProcess.Capture(Ffmpeg.ProbePath,
            ["-v", "error", "-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "csv=p=0", path],
            Ffmpeg.Patience)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line.Trim().TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture))
            .Order()];

    public FfmpegSource Open(string path, double start = 0, double? end = null)
        => new(Ffmpeg, path, TimeSpan.FromSeconds(start), end is double last ? TimeSpan.FromSeconds(last) : null);

    /// <summary>Writes all frames of a source to a file, or the first of them.</summary>
    public FfmpegSink Copy(
        IFrameSource source, string name, VideoEncoding? encoding = null, CarriedOver? carried = null,
        int most = int.MaxValue)
    {
        using FfmpegSink sink = new(Ffmpeg, At(name), source.Format, encoding ?? new VideoEncoding(), carried);
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
