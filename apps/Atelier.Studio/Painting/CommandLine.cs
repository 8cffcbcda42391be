using System.Globalization;
using System.Text;
using Atelier.Options;
using Atelier.Studio.Storage;

namespace Atelier.Studio.Painting;

/// <summary>Words a painting as a command of the command-line tool.</summary>
public static class CommandLine
{
    /// <summary>Returns the command that paints the same.</summary>
    /// <param name="choice">The pictures and the preset.</param>
    /// <param name="options">All options.</param>
    /// <param name="folder">Where the pictures are.</param>
    public static string Of(PaintingChoice choice, StylizeOptions options, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(folder);
        return Begin("stylize", InputOf(choice, folder), choice, folder).With(Changed(options, choice.PresetOptions), options)
            .Append(" -o painting.png").ToString();
    }

    /// <summary>Words a command with its input, artworks and preset.</summary>
    /// <param name="name">Name of the command.</param>
    /// <param name="input">What it paints, as one word.</param>
    /// <param name="choice">Has the artworks and the preset.</param>
    /// <param name="folder">Where the files are.</param>
    internal static StringBuilder Begin(string name, string input, PaintingChoice choice, StudioFolder folder)
    {
        StringBuilder command = new($"atelier {name} {input}");
        foreach (StoredPicture artwork in choice.Artworks)
            command.Append(" --style ").Append(Quote(PathOf(artwork, folder)));
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

    /// <summary>Returns the options that differ from those of a preset.</summary>
    public static IEnumerable<OptionDefinition<StylizeOptions>> Changed(StylizeOptions options, StylizeOptions preset)
        => StylizeOptionTable.All.Where(option => option.Show(options) != option.Show(preset));

    /// <summary>Returns a text as one word of a command.</summary>
    internal static string Quote(string text)
        => text.All(letter => char.IsLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or ',' or '=' or ':')
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
