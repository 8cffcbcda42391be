using System.Collections.Immutable;

namespace Atelier.Inspection;

/// <summary>The feature maps of one layer for one picture.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Channels">Number of maps.</param>
/// <param name="Height">Height of a map.</param>
/// <param name="Width">Width of a map.</param>
/// <param name="Values">All values, 0 or more: [Channels, Height, Width].</param>
public sealed record LayerFeatures(string Layer, int Channels, int Height, int Width, float[] Values)
{
    /// <summary>Root mean square of each channel's map, which is the square root of its diagonal entry in the Gram
    /// matrix.</summary>
    public ImmutableArray<double> Strengths { get; } = [.. Enumerable.Range(0, Channels).Select(channel =>
    {
        double sum = 0;
        foreach (float value in Values.AsSpan(channel * Height * Width, Height * Width))
            sum += (double)value * value;
        return Math.Sqrt(sum / ((double)Height * Width));
    })];

    /// <summary>The channels ordered by strength, strongest first.</summary>
    public ImmutableArray<int> StrongestFirst
        => [.. Enumerable.Range(0, Channels).OrderByDescending(channel => Strengths[channel])];

    /// <summary>Returns the map of a channel, in row-major order.</summary>
    public ReadOnlySpan<float> Map(int channel) => Values.AsSpan(channel * Height * Width, Height * Width);
}
