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
        StringBuilder command = new("atelier stylize ");
        command.Append(choice.Photograph is null ? "photo.png" : PathOf(choice.Photograph, folder));
        return command.Append(LookOf(choice, options, folder)).Append(" -o painting.png").ToString();
    }

    /// <summary>Returns the arguments for the artworks, the preset and the options.</summary>
    internal static string LookOf(PaintingChoice choice, StylizeOptions options, StudioFolder folder)
    {
        StringBuilder look = new();
        foreach (StoredPicture artwork in choice.Artworks)
            look.Append(" --style ").Append(PathOf(artwork, folder));
        if (choice.Preset != PaintingChoice.DefaultPreset)
        {
            look.Append(" --preset ").Append(choice.Preset);
        }

        foreach (OptionDefinition<StylizeOptions> option in Changed(options, choice.PresetOptions))
            look.Append(" --").Append(option.Name).Append(' ').Append(Quote(option.Show(options)));
        return look.ToString();
    }

    /// <summary>Returns the path of a file as an argument.</summary>
    internal static string PathOf(StoredPicture picture, StudioFolder folder)
        => Quote(Path.Combine(folder.FolderOf(picture.Kind), picture.Name));

    /// <summary>Returns the options that differ from those of a preset.</summary>
    public static IEnumerable<OptionDefinition<StylizeOptions>> Changed(StylizeOptions options, StylizeOptions preset)
        => StylizeOptionTable.All.Where(option => option.Show(options) != option.Show(preset));

    internal static string Quote(string text)
        => text.All(letter => char.IsLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or ',' or '=' or ':')
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
