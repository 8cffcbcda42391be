using Atelier.Options;
using Atelier.Studio.Storage;
using Atelier.Studio.Texts;
using Atelier.Workshop.Variations;

namespace Atelier.Studio.Components;

/// <summary>Options, presets and their values as names that people read, made from the words of the command
/// line.</summary>
internal static class OptionNames
{
    /// <summary>The name of an option, or of something else that can be varied: "Neighbor weight" for
    /// <c>neighbor-weight</c>.</summary>
    public static string Of(string option) => option switch
    {
        Variation.Style => Words.Artwork,
        Variation.Preset => Words.Preset,
        "content-weight" => Words.Balance,
        "style-scale" => Words.Strokes,
        "tv-weight" => Words.Smoothness,
        "color" => Words.Colors,
        "chroma-tv-weight" => Words.OptionChromaTvWeight,
        "tv" => Words.OptionTv,
        "init" => Words.OptionInit,
        "min-size" => Words.OptionMinSize,
        "max-memory" => Words.OptionMaxMemory,
        _ => OfWord(option),
    };

    /// <summary>The name of a word: "Style stats" for <c>style-stats</c>.</summary>
    public static string OfWord(string word) => word switch
    {
        "lbfgs" => "L-BFGS",
        "gd" => Words.ValueGd,
        "" => "",
        _ => char.ToUpperInvariant(word[0]) + word[1..].Replace('-', ' '),
    };

    /// <summary>The name of an option's value; numbers, layers and files are their own.</summary>
    public static string OfValue(string option, string value) => option switch
    {
        Variation.Style => Examples.TitleOf(new StoredPicture(PictureKind.Artworks, Path.GetFileName(value))),
        Variation.Preset => OfWord(value),
        _ => StylizeOptionTable.All.FirstOrDefault(each => each.Name == option)?.Words.Contains(value) == true
            ? OfWord(value)
            : value,
    };
}
