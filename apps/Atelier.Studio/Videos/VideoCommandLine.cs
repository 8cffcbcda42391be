using System.Globalization;
using System.Text;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Video;
using Atelier.Workshop.Videos;

namespace Atelier.Studio.Videos;

/// <summary>Words a video as a command of the command-line tool.</summary>
public static class VideoCommandLine
{
    /// <summary>The options that the page shows. The report is a file, which the page has no use for.</summary>
    public static IEnumerable<OptionDefinition<VideoOptions>> Options { get; } =
        [.. VideoOptionTable.All.Where(option => option.Group == OptionGroup.Video)];

    /// <summary>Returns the command that paints the same.</summary>
    /// <param name="choice">What is chosen.</param>
    /// <param name="folder">Where the files are.</param>
    public static string Of(VideoChoice choice, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(folder);
        PaintingChoice look = choice.Look;
        string clip = choice.Clip is null
            ? "clip.mp4"
            : CommandLine.Quote(CommandLine.PathOf(choice.Clip.File, folder));
        StringBuilder command = CommandLine.Begin("video", clip, look, folder)
            .With(CommandLine.Changed(look.Options, look.PresetOptions), look.Options);
        foreach (OptionDefinition<VideoOptions> option in Changed(choice.Video))
        {
            string value = option.Show(choice.Video);
            command.Append(" --").Append(option.Name)
                .Append(option.Kind == OptionKind.Switch ? "" : $" {CommandLine.Quote(value)}");
        }

        if (choice.Clip is not null)
        {
            VideoSelection part = choice.Clip.Part(choice.From, choice.To);
            Append(command, "start", part.Start > TimeSpan.Zero ? part.Start : null);
            Append(command, "end", part.End);
        }

        return command.Append(" -o painting").Append(choice.Extension).ToString();
    }

    /// <summary>Returns the options that differ from their defaults.</summary>
    public static IEnumerable<OptionDefinition<VideoOptions>> Changed(VideoOptions options)
        => Options.Where(option => option.Show(options) != option.Show(VideoOptions.Default));

    private static void Append(StringBuilder command, string name, TimeSpan? time)
    {
        if (time is TimeSpan value)
        {
            command.Append(CultureInfo.InvariantCulture, $" --{name} {value.TotalSeconds:0.######}");
        }
    }
}
