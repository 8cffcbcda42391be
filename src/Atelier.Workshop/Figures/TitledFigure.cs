using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Inspection;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Figures;

/// <summary>A picture with the words above it.</summary>
/// <param name="Picture">The whole figure.</param>
/// <param name="Title">What it shows.</param>
public sealed record TitledFigure(Picture Picture, string Title)
{
    /// <summary>The maps of layers, the strongest channels first.</summary>
    /// <param name="inspector">The network.</param>
    /// <param name="picture">The picture that it sees.</param>
    /// <param name="path">Where the picture is from.</param>
    /// <param name="layers">What the network made of it.</param>
    /// <param name="maxChannels">Channels that are shown of a layer.</param>
    public static TitledFigure OfFeatures(
        Inspector inspector, Picture picture, string path, ImmutableArray<LayerFeatures> layers, int maxChannels)
    {
        string title = $"What network {NameOf(inspector)} sees in {InputFile.ShortName(path)}";
        return new TitledFigure(
            new FeatureSheet { Title = title, Picture = picture, Layers = layers, MaxChannels = maxChannels }.Draw(),
            title);
    }

    /// <summary>What of a picture some units see.</summary>
    /// <param name="inspector">The network.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="path">Where the picture is from.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="x">Column of the pixel in their middle.</param>
    /// <param name="y">Row of that pixel.</param>
    public static TitledFigure OfFields(
        Inspector inspector, Picture picture, string path, ImmutableArray<EffectiveReceptiveField> fields, int x, int y)
    {
        string title = $"What network {NameOf(inspector)} sees at pixel {x},{y} of {InputFile.ShortName(path)}";
        return new TitledFigure(
            new ReceptiveFieldFigure { Title = title, Picture = picture, Fields = fields }.Draw(), title);
    }

    /// <summary>A Gram matrix, or two and their difference.</summary>
    /// <param name="inspector">The network.</param>
    /// <param name="first">The matrix.</param>
    /// <param name="firstPath">Where its picture is from.</param>
    /// <param name="second">Another one; null for none.</param>
    /// <param name="secondPath">Where its picture is from.</param>
    /// <param name="strongestFirst">Whether channels are ordered by their strength in the first picture.</param>
    public static TitledFigure OfGrams(
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
