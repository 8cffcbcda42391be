using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Figures;

/// <summary>A figure and its title.</summary>
/// <param name="Picture">The figure, including the title.</param>
/// <param name="Title">What it shows.</param>
public sealed record TitledFigure(Picture Picture, string Title)
{
    /// <summary>Draws the feature maps of layers, strongest channels first.</summary>
    /// <param name="inspector">The network.</param>
    /// <param name="picture">The picture given to the network.</param>
    /// <param name="path">The path of the picture, for the title.</param>
    /// <param name="layers">The features of the picture.</param>
    /// <param name="maxChannels">Maximum number of channels to show for each layer.</param>
    public static TitledFigure FromFeatures(
        Inspector inspector, Picture picture, string path, ImmutableArray<LayerFeatures> layers, int maxChannels)
    {
        string title = $"What network {NameOf(inspector)} sees in {InputFile.ShortName(path)}";
        return new TitledFigure(
            new FeatureSheet { Title = title, Picture = picture, Layers = layers, MaxChannels = maxChannels }.Draw(),
            title);
    }

    /// <summary>Draws the effective receptive fields of some layers over a picture.</summary>
    /// <param name="inspector">The network.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="path">The path of the picture, for the title.</param>
    /// <param name="fields">The receptive fields.</param>
    /// <param name="x">Column of the pixel at their center.</param>
    /// <param name="y">Row of that pixel.</param>
    public static TitledFigure FromFields(
        Inspector inspector, Picture picture, string path, ImmutableArray<EffectiveReceptiveField> fields, int x, int y)
    {
        string title = $"What network {NameOf(inspector)} sees at pixel {x},{y} of {InputFile.ShortName(path)}";
        return new TitledFigure(
            new ReceptiveFieldFigure { Title = title, Picture = picture, Fields = fields }.Draw(), title);
    }

    /// <summary>Draws a Gram matrix, or two and their difference.</summary>
    /// <param name="inspector">The network.</param>
    /// <param name="first">The matrix.</param>
    /// <param name="firstPath">The path of its picture, for the labels.</param>
    /// <param name="second">A second matrix to compare with; null for none.</param>
    /// <param name="secondPath">The path of its picture, for the labels.</param>
    /// <param name="strongestFirst">Whether to sort channels by their strength in the first picture.</param>
    public static TitledFigure FromGrams(
        Inspector inspector, GramMatrix first, string firstPath, GramMatrix? second, string? secondPath,
        bool strongestFirst)
    {
        ArgumentNullException.ThrowIfNull(first);
        string title =
            $"Gram matrix of {first.Layer}, network {NameOf(inspector)}, {first.Channels} channels";
        return new TitledFigure(
            new GramFigure
            {
                Title = title,
                First = first,
                FirstName = InputFile.ShortName(firstPath),
                Second = second,
                SecondName = secondPath is null ? "" : InputFile.ShortName(secondPath),
                StrongestFirst = strongestFirst,
            }.Draw(),
            title);
    }

    private static string NameOf(Inspector inspector)
    {
        ArgumentNullException.ThrowIfNull(inspector);
        return Path.GetFileName(inspector.Definition.Name);
    }
}
