using System.Collections.Immutable;
using Atelier.Inspection;

namespace Atelier.Studio.Inside;

/// <summary>The part of a Gram matrix that a figure shows.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Channels">Numbers of the channels, those that are strongest in the artwork first.</param>
/// <param name="Values">The entries for each two of these channels, row by row.</param>
/// <param name="Distance">The style loss of the whole matrix: its distance from the artwork's.</param>
public sealed record ShownGram(
    string Layer, ImmutableArray<int> Channels, ImmutableArray<float> Values, double Distance)
{
    // As many as can be told apart and pointed at.
    private const int MostChannels = 32;

    internal static ShownGram Create(GramMatrix gram, GramMatrix artwork)
    {
        ImmutableArray<int> channels = [.. artwork.StrongestFirst.Take(MostChannels)];
        return new ShownGram(
            gram.Layer, channels,
            [.. channels.SelectMany(row => channels.Select(column => (float)gram[row, column]))],
            gram.Minus(artwork).StyleLoss);
    }
}
