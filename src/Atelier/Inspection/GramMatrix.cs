using System.Collections.Immutable;
using Atelier.Engine.Statistics;

namespace Atelier.Inspection;

/// <summary>The Gram matrix of a layer's features, which shows which channels are active together: G = F·Fᵀ ⁄ M, for C
/// channels and M positions; or the difference of two such matrices.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Channels">Number of channels C.</param>
/// <param name="Values">C × C, row by row, symmetric.</param>
public sealed record GramMatrix(string Layer, int Channels, double[] Values)
{
    internal GramMatrix(string layer, FeatureStatistics statistics)
        : this(layer, statistics.Channels, statistics.SecondMoment) { }

    /// <summary>The channels ordered by their diagonal entry, largest first.</summary>
    public ImmutableArray<int> StrongestFirst
        => [.. Enumerable.Range(0, Channels).OrderByDescending(channel => this[channel, channel])];

    /// <summary>Returns the entry for two channels.</summary>
    public double this[int row, int column] => Values[(row * Channels) + column];

    /// <summary>Subtracts another matrix of the same layer.</summary>
    /// <exception cref="ArgumentException">The matrices have different numbers of channels.</exception>
    public GramMatrix Minus(GramMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Channels != Channels)
        {
            throw new ArgumentException(
                $"A Gram matrix of {other.Channels} channels cannot be subtracted from one of " +
                $"{Channels}.", nameof(other));
        }

        return this with { Values = [.. Values.Zip(other.Values, (mine, its) => mine - its)] };
    }

    /// <summary>Σ D² ⁄ (4·C²) for a difference D: the unweighted style loss of Gatys et al. at this layer.</summary>
    public double StyleLoss => Values.Sum(value => value * value) / (4.0 * Channels * Channels);
}
