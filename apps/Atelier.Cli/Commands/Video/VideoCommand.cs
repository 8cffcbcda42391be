using System.CommandLine;
using Atelier.Cli.Video;
using Atelier.Recipes;

namespace Atelier.Cli.Commands.Video;

/// <summary><c>atelier video</c>: paints a video in the style of artworks.</summary>
internal static class VideoCommand
{
    public static Command Create(Host host)
    {
        Argument<string> input = new("IN")
        {
            Description = "The video: any that ffmpeg reads, an animated .gif, or a folder of pictures",
        };
        Option<string> output = new("--output", "-o")
        {
            Description = $"The result: {string.Join(", ", VideoEncoding.Extensions)}, .gif, or a folder for pictures",
            HelpName = "OUT",
            Required = true,
        };
        Option<string[]> styles = SharedOptions.Styles();
        Option<string?> palette = SharedOptions.Palette();
        Command command = new("video", "Paint a video in the style of artworks, steadily.")
        {
            input, styles, palette, output,
        };
        VideoOptionSet video = new(command);
        VideoFileOptions files = new(command);
        GuideOptions guides = new(command);
        OptionSet options = new(host, command, TableOptions.All);
        PaintOptions paint = new(command, savesSteps: false);
        command.SetAction((ParseResult parse) =>
        {
            Recipe recipe = options.Resolve(parse);
            string[] artworks = parse.GetValue(styles) is { Length: > 0 } given
                ? given
                : [.. recipe.Styles.Select(style => style.Path)];
            PaintSources sources = new()
            {
                Styles = [.. artworks.Select(path => new PictureSource("style", path, "--style"))],
                Guides = guides.Read(parse, recipe),
                Initial = options.Initial(parse, recipe),
                Palette = SharedOptions.PaletteSource(parse.GetValue(palette), recipe),
            };
            return new VideoPainting(host, paint.Read(parse, recipe), files.Read(parse))
            {
                InputPath = parse.GetRequiredValue(input),
                OutputPath = parse.GetRequiredValue(output),
                Sources = sources,
                Options = recipe.Options,
                Video = video.Read(parse),
            }.Run();
        });
        return command;
    }
}
