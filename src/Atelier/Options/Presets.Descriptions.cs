using System.Collections.Immutable;

namespace Atelier.Options;

/// <content>What each preset is for.</content>
public static partial class Presets
{
    /// <summary>The names of the presets that most people need, in the order in which they are shown; the default is
    /// among them.</summary>
    public static ImmutableArray<string> Common { get; } =
        ["look", "draft", "normal", "fine", "print", "calm", "bold", "portrait", "sketch"];

    /// <summary>A description of each preset, as a clause, in the order in which they are shown.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Descriptions { get; } =
    [
        new("look", "a first impression, in a second or two"),
        new("draft", "a quick preview of what normal will look like"),
        new("normal", "the default"),
        new("fine", "1024 pixels and more iterations, for the final picture"),
        new("print", "2048 pixels, with more scales in between"),
        new("calm", "closer to the photograph: quiet surfaces, all details kept"),
        new("bold", "closer to the artwork: larger shapes, small and faint things dissolve"),
        new("portrait", "faces stay faces: eyes and mouth are the photograph's, skin stays smooth"),
        new("sketch", "pencil, ink and engravings: gray, with hatching that follows the form"),
        new("classic", "Gatys et al. 2015: Gram matrices, from noise, L-BFGS, a single scale"),
        new("improved", "Novak and Nikulin 2016: correlations between neighboring layers"),
        new("neural-style", "the objective of jcjohnson/neural-style, with network vgg19-caffe"),
        new("style-transfer-pytorch", "the objective of crowsonkb/style-transfer-pytorch, with network vgg19"),
        new("texture", "style alone, from the colors of the artwork"),
        new("reconstruct", "content alone, from noise"),
    ];
}
