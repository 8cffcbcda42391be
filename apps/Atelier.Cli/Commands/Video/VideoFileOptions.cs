using System.CommandLine;
using System.Globalization;
using Atelier.Options;
using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop;
using Atelier.Workshop.Videos;

namespace Atelier.Cli.Commands.Video;

/// <summary>The options that select part of a video, control how the result is written, and name additional
/// outputs.</summary>
internal sealed class VideoFileOptions
{
    private readonly Option<TimeSpan?> _start = SharedOptions.Parsed<TimeSpan?>("--start", "TIME",
        "Start time, in seconds or as 1:02:03.5 [default: the beginning]", text => ParseTime(text));

    private readonly Option<TimeSpan?> _end = SharedOptions.Parsed<TimeSpan?>("--end", "TIME",
        "End time [default: the end of the video]", text => ParseTime(text));

    private readonly Option<Rational?> _fps = SharedOptions.Parsed<Rational?>("--fps", "X|N/N",
        "Convert the video to this frame rate, or the frame rate of a folder of pictures "
        + $"[default: the video's own, {VideoSelection.FolderRate.Value} for a folder]", text => ParseRate(text));

    private readonly Option<string?> _codec = new("--codec")
    {
        Description = "Video codec [default: h264, vp9 for .webm]",
        HelpName = string.Join('|', VideoCodec.All.Select(codec => codec.Name)),
    };

    private readonly Option<int?> _crf = SharedOptions.Parsed<int?>("--crf", "N",
        "Quality of a video file on the codec's own scale; lower is better and larger [default: the codec's, high]",
        text => OptionText.ParseWhole(text));

    private readonly Option<string?> _ffmpeg = new("--ffmpeg")
    {
        Description = $"The program ffmpeg, or its folder [default: ${Variables.Ffmpeg}, or as found on the path]",
        HelpName = "PATH",
    };

    private readonly Option<string?> _preview = new("--preview")
    {
        Description = "Write the latest frame to this picture as a preview",
        HelpName = "FILE",
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Measure how steady each frame is, and write a report to this file (.json or .csv)",
        HelpName = "FILE",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Resume an interrupted run; the result has the same frames as without the interruption",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isQueued">Whether another program paints the video, so that there are no other files than the
    /// result.</param>
    public VideoFileOptions(Command command, bool isQueued = false)
    {
        _codec.CompletionSources.Add([.. VideoCodec.All.Select(codec => codec.Name)]);
        Option[] here = isQueued ? [] : [_ffmpeg, _preview, _report, _resume];
        Option[] all = [_start, _end, _fps, _codec, _crf, .. here];
        foreach (Option option in all)
            command.Add(option);
    }

    public VideoFileSettings Read(ParseResult parse) => new()
    {
        Selection = new VideoSelection
        {
            Start = parse.GetValue(_start) ?? TimeSpan.Zero,
            End = parse.GetValue(_end),
            FrameRate = parse.GetValue(_fps),
        },
        Encoding = new VideoEncoding { Codec = parse.GetValue(_codec), Quality = parse.GetValue(_crf) },
        FfmpegPath = parse.GetValue(_ffmpeg),
        PreviewPath = parse.GetValue(_preview),
        ReportPath = parse.GetValue(_report),
        Resume = parse.GetValue(_resume),
    };

    /// <summary>Parses a time in seconds, optionally preceded by minutes and hours.</summary>
    internal static TimeSpan ParseTime(string text)
    {
        double seconds = 0;
        string[] parts = text.Split(':');
        foreach ((string part, int i) in parts.Select((part, i) => (part, i)))
        {
            bool isWhole = i < parts.Length - 1;
            NumberStyles style = isWhole ? NumberStyles.None : NumberStyles.AllowDecimalPoint;
            if (parts.Length > 3 || !double.TryParse(part, style, CultureInfo.InvariantCulture, out double value)
                || (i > 0 && value >= 60))
            {
                throw new FormatException($"'{text}' is not a time; write 90, 12.5 or 1:02:03.5.");
            }

            seconds = (seconds * 60) + value;
        }

        return seconds < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException($"the time '{text}' is too long.");
    }

    /// <summary>Parses a frame rate: a number, or a fraction such as 30000/1001.</summary>
    internal static Rational ParseRate(string text)
    {
        const int MaxRate = 1000;
        return Rational.TryParse(text, out Rational rate) && rate.Value <= MaxRate
            ? rate
            : throw new FormatException($"'{text}' is not a rate; write 25, 29.97 or 30000/1001, up to {MaxRate}.");
    }
}
