using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atelier.Cli.Output;
using Atelier.Primitives;
using Atelier.Recipes;
using Atelier.Video;
using Atelier.Video.Ffmpeg;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Videos;

namespace Atelier.Cli.Commands.Video;

/// <summary><c>atelier video</c>: paints a video in the style of artworks.</summary>
internal static class VideoCommand
{
    public static Command Create(Host host)
    {
        Argument<string> input = new("IN")
        {
            Description =
                "The video: any video file that ffmpeg can read, an animated .gif or .webp, or a folder of pictures",
        };
        Option<string> output = new("--output", "-o")
        {
            Description = $"The result: {string.Join(", ", VideoEncoding.Extensions)}, .gif, or a folder for pictures",
            HelpName = "OUT",
            Required = true,
        };
        Option<string[]> styles = SharedOptions.Styles();
        Option<string?> palette = SharedOptions.Palette();
        Command command = new("video", "Paint a video in the style of artworks, without flicker.")
        {
            input, styles, palette, output,
        };
        VideoOptionSet video = new(command);
        VideoFileOptions files = new(command);
        GuideOptions guides = new(command);
        OptionSet options = new(host, command, TableOptions.All);
        PaintOptions paint = new(command, savesIntermediates: false);
        command.SetAction((ParseResult parse) =>
        {
            Recipe recipe = options.Resolve(parse);
            PaintSources sources = options.Sources(
                parse, recipe, parse.GetValue(styles), parse.GetValue(palette), guides.Read(parse));
            PaintChoice choice = paint.Read(parse, recipe);
            VideoFileSettings settings = files.Read(parse);
            string path = parse.GetRequiredValue(output);
            VideoPaintingResult result = new VideoPainting(
                host.CreateContext(choice.Write.Quiet, choice.Write.NoColor), choice.Settings, settings)
            {
                InputPath = parse.GetRequiredValue(input),
                OutputPath = path,
                Sources = sources,
                Options = recipe.Options,
                Video = video.Read(parse),
                CreateReporter = () => choice.Write.Quiet ? null : new VideoReporter(host),
            }.Run();
            Report(host, choice, result, path, settings.ReportPath is not null, video.Read(parse));
            return result.Result.IsComplete ? ExitCode.Done : ExitCode.Interrupted;
        });
        return command;
    }

    private static void Report(
        Host host, PaintChoice choice, VideoPaintingResult result, string path, bool isReported, VideoOptions options)
    {
        VideoResult painted = result.Result;
        List<string> warnings = [.. choice.Warnings, .. result.Warnings];
        if (!painted.IsComplete)
        {
            warnings.Add($"interrupted; the video contains {Count.Of(painted.Frames, "finished frame")}. " +
                "Continue with --resume.");
        }

        Notes.Warn(host, host.HasColor && !choice.Write.NoColor, warnings);
        if (!choice.Write.Quiet)
        {
            string steady = painted.Report.WarpingError is double error
                ? string.Create(CultureInfo.InvariantCulture, $"  warping error {error:F2}")
                : "";
            host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{path}  {Count.Of(painted.Frames, "frame")} of {result.Width} x {result.Height}  " +
                $"{result.Seconds:F1} s{steady}"));
        }

        if (choice.Write.Json)
        {
            VideoDocument document = new(
                Path.GetFullPath(path), result.Width, result.Height, painted.Frames, painted.Scenes,
                painted.IsComplete, result.Seconds, isReported ? painted.Report : null, options,
                JsonElement.Parse(result.Recipe.ToJson()), warnings);
            host.Out.WriteLine(JsonSerializer.Serialize(document, Documents.Readable.VideoDocument));
        }
    }
}
