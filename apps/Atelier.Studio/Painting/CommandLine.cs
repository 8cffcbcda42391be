using System.Globalization;
using System.Text;
using Atelier.Options;
using Atelier.Studio.Storage;
using Atelier.Workshop.Inputs;

namespace Atelier.Studio.Painting;

/// <summary>Words a painting as a command of the command-line tool.</summary>
public static class CommandLine
{
    /// <summary>Returns the command that paints the same.</summary>
    /// <param name="choice">The pictures and the preset.</param>
    /// <param name="options">All options.</param>
    /// <param name="folder">Where the pictures are.</param>
    /// <param name="guides">The masks and regions; null for none.</param>
    public static string Of(
        PaintingChoice choice, StylizeOptions options, StudioFolder folder, GuidePaths? guides = null)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folder);
        return Begin("stylize", InputOf(choice, folder), choice, folder, guides)
            .With(Changed(options, choice.PresetOptions), options).Append(" -o painting.png").ToString();
    }

    /// <summary>Words a command with its input, artworks, masks and preset.</summary>
    /// <param name="name">Name of the command.</param>
    /// <param name="input">What it paints, as one word.</param>
    /// <param name="choice">Has the artworks and the preset.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="guides">The masks and regions; null for none.</param>
    internal static StringBuilder Begin(
        string name, string input, PaintingChoice choice, StudioFolder folder, GuidePaths? guides = null)
    {
        StringBuilder command = new($"atelier {name} {input}");
        foreach (StoredPicture artwork in choice.Artworks)
            command.Append(" --style ").Append(Quote(PathOf(artwork, folder)));
        command.Append(Of(guides ?? new GuidePaths()));
        return choice.Preset == PaintingChoice.DefaultPreset
            ? command
            : command.Append(" --preset ").Append(choice.Preset);
    }

    /// <summary>Returns the photograph as one word of a command.</summary>
    internal static string InputOf(PaintingChoice choice, StudioFolder folder)
        => choice.Photograph is null ? "photo.png" : Quote(PathOf(choice.Photograph, folder));

    /// <summary>Adds options with their values.</summary>
    internal static StringBuilder With(
        this StringBuilder command, IEnumerable<OptionDefinition<StylizeOptions>> shown, StylizeOptions options)
        => shown.Aggregate(command, (text, option) => text.Append(
            CultureInfo.InvariantCulture, $" --{option.Name} {Quote(option.Show(options))}"));

    /// <summary>Returns the path of a picture, which may be gone.</summary>
    internal static string PathOf(StoredPicture picture, StudioFolder folder)
        => Path.Combine(folder.FolderOf(picture.Kind), picture.Name);

    /// <summary>Returns the options of masks and regions, each after a space.</summary>
    public static string Of(GuidePaths guides)
    {
        ArgumentNullException.ThrowIfNull(guides);
        (string Name, IReadOnlyList<string> Values)[] options =
        [
            ("style-mask", guides.Masks), ("style-region", guides.Regions), ("preserve", Some(guides.Preserve)),
            ("color-mask", Some(guides.ColorMask)), ("regions", Some(guides.Labels)),
            ("style-regions", guides.StyleLabels),
        ];
        return string.Concat(options.Where(option => option.Values.Count > 0).Select(
            option => $" --{option.Name} {string.Join(' ', option.Values.Select(Quote))}"));
    }

    /// <summary>Returns the options that differ from those of a preset.</summary>
    public static IEnumerable<OptionDefinition<StylizeOptions>> Changed(StylizeOptions options, StylizeOptions preset)
        => StylizeOptionTable.All.Where(option => option.Show(options) != option.Show(preset));

    private static string[] Some(string? value) => value is null ? [] : [value];

    /// <summary>Returns a text as one word of a command.</summary>
    internal static string Quote(string text)
        => text.All(letter => char.IsLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or ',' or '=' or ':')
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
