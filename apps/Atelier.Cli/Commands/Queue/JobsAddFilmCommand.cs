using System.CommandLine;
using Atelier.Cli.Commands.Video;
using Atelier.Jobs.Work;
using Atelier.Recipes;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Videos;

namespace Atelier.Cli.Commands.Queue;

/// <summary><c>atelier jobs add-film</c>: adds a video to a queue, whose scenes the workers paint.</summary>
internal static class JobsAddFilmCommand
{
    public static Command Create(Host host)
    {
        Argument<string> input = new("IN")
        {
            Description = "The video: any video file that ffmpeg of the workers can read, an animated .gif or .webp, " +
                "or a folder of pictures",
        };
        Option<string?> name = new("--name", "-o")
        {
            Description = $"Name of the result, {string.Join(", ", FilmJob.Extensions)}; .zip contains pictures " +
                "[default: as IN, in MP4, or .zip for a folder]",
            HelpName = "NAME",
        };
        Option<string[]> styles = SharedOptions.Styles();
        Option<string?> palette = SharedOptions.Palette();
        Command command = new("add-film", "Add a video to the queue; each of its scenes is painted by one worker.")
        {
            input, styles, palette, name,
        };
        VideoOptionSet video = new(command);
        VideoFileOptions files = new(command, isQueued: true);
        AddOptions add = new(command);
        GuideOptions guides = new(command);
        OptionSet options = new(host, command, TableOptions.All);
        command.SetAction((ParseResult parse) =>
        {
            Recipe recipe = options.Resolve(parse);
            PaintSources sources = options.Sources(
                parse, recipe, parse.GetValue(styles), parse.GetValue(palette), guides.Read(parse));
            VideoFileSettings settings = files.Read(parse);
            string clip = parse.GetRequiredValue(input);
            FilmJob film = new(clip, sources, recipe.Options, parse.GetValue(name) ?? NameOf(clip))
            {
                Video = video.Read(parse),
                Selection = settings.Selection,
                Encoding = settings.Encoding,
            };
            return add.Add(host, parse, film.StoreAsync);
        });
        return command;
    }

    private static string NameOf(string clip)
    {
        string path = Path.TrimEndingDirectorySeparator(clip);
        return Directory.Exists(clip) ? Path.GetFileName(path) + ".zip"
            : Path.GetFileNameWithoutExtension(path) + ".mp4";
    }
}
