using System.Collections.Immutable;
using System.Globalization;
using Atelier.Imaging;

namespace Atelier.Inspection;

/// <summary>A figure of a picture and its feature maps at some layers, strongest channels first.</summary>
public sealed record FeatureSheet
{
    private const int Columns = 8, TileSide = 144;

    // A few edges are so bright that they would hide everything else.
    private const double Brightest = 0.995;

    private const string Note = "Each map has its own scale, from 0 (dark) to its 99.5th percentile (bright). " +
        "Below it: its channel number and its root mean square.";

    /// <summary>Title of the figure.</summary>
    public required string Title { get; init; }

    /// <summary>The picture.</summary>
    public required Picture Picture { get; init; }

    /// <summary>Its feature maps, layer by layer.</summary>
    public required ImmutableArray<LayerFeatures> Layers { get; init; }

    /// <summary>Maximum number of channels to show per layer.</summary>
    public int MaxChannels { get; init; } = (2 * Columns) - 1;

    /// <summary>Draws the figure.</summary>
    /// <returns>A new picture of the required size.</returns>
    public Picture Draw()
    {
        Picture shown = Resampler.Resize(Picture, TileSide);
        string head = $"{Title}\n{Note}\n";
        return Figure.Stack([.. Layers.Select((layer, i) => DrawLayer(layer, shown, i == 0 ? head : ""))]);
    }

    private Picture DrawLayer(LayerFeatures layer, Picture picture, string head)
    {
        int count = Math.Min(MaxChannels, layer.Channels);
        string which = count < layer.Channels ? $", the {count} strongest" : ", strongest first";
        return new ContactSheet
        {
            Title = $"{head}\n{layer.Layer}: {layer.Channels} channels of {layer.Width} x {layer.Height}{which}",
            Cells =
            [
                new ContactCell(picture, $"{Picture.Width} x {Picture.Height}"),
                .. layer.StrongestFirst.Take(count).Select(channel => new ContactCell(
                    PaintMap(layer, channel),
                    string.Create(CultureInfo.InvariantCulture, $"#{channel}  {layer.Strengths[channel]:G3}"))),
            ],
            Columns = Columns,
        }.Draw();
    }

    private static Picture PaintMap(LayerFeatures layer, int channel)
    {
        (int width, int height) = Resampler.Fit(layer.Width, layer.Height, TileSide);
        ReadOnlySpan<float> map = layer.Map(channel);
        float[] sorted = map.ToArray();
        Array.Sort(sorted);
        float bright = sorted[(int)(Brightest * (sorted.Length - 1))], largest = bright > 0 ? bright : sorted[^1];
        return Figure.Paint(map, layer.Width, layer.Height, width, height,
            value => ColorMap.Rising.At(largest > 0 ? value / largest : 0));
    }
}
