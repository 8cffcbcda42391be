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
        string PathOf(StoredPicture picture) => Quote(Path.Combine(folder.FolderOf(picture.Kind), picture.Name));
        StringBuilder command = new("atelier stylize ");
        command.Append(choice.Photograph is null ? "photo.png" : PathOf(choice.Photograph));
        foreach (StoredPicture artwork in choice.Artworks)
            command.Append(" --style ").Append(PathOf(artwork));
        command.Append(Of(guides ?? new GuidePaths()));
        if (choice.Preset != PaintingChoice.DefaultPreset)
        {
            command.Append(" --preset ").Append(choice.Preset);
        }

        foreach (OptionDefinition<StylizeOptions> option in Changed(options, choice.PresetOptions))
            command.Append(" --").Append(option.Name).Append(' ').Append(Quote(option.Show(options)));
        return command.Append(" -o painting.png").ToString();
    }

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

    private static string Quote(string text)
        => text.All(letter => char.IsLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or ',' or '=' or ':')
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
