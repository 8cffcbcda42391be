using System.Collections.Immutable;
using Atelier.Imaging;
using Atelier.Inspection;

namespace Atelier.Studio.Inside;

/// <summary>A position of a layer: the pixels that it depends on, and the channels that are strongest there.</summary>
/// <param name="Row">Row of the position in the feature maps.</param>
/// <param name="Column">Column of the position in the feature maps.</param>
/// <param name="Left">The first column of pixels.</param>
/// <param name="Top">The first row of pixels.</param>
/// <param name="Width">Width of its receptive field inside the picture, in pixels.</param>
/// <param name="Height">Height of its receptive field inside the picture, in pixels.</param>
/// <param name="Channels">The strongest channels, strongest first.</param>
public sealed record Probe(
    int Row, int Column, int Left, int Top, int Width, int Height, ImmutableArray<ProbedChannel> Channels)
{
    private const int MostChannels = 3;

    internal static Probe Create(Picture picture, ReceptiveField field, LayerFeatures features, int row, int column)
    {
        (int left, int right) = field.Pixels(column, picture.Width);
        (int top, int bottom) = field.Pixels(row, picture.Height);
        int at = (row * features.Width) + column;
        return new Probe(row, column, left, top, right - left, bottom - top,
        [
            .. Enumerable.Range(0, features.Channels)
                .Select(channel => new ProbedChannel(channel, features.Map(channel)[at]))
                .Where(channel => channel.Value > 0)
                .OrderByDescending(channel => channel.Value).Take(MostChannels),
        ]);
    }
}

/// <summary>A channel at one position.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">Its value there, above 0.</param>
public sealed record ProbedChannel(int Number, double Value);
