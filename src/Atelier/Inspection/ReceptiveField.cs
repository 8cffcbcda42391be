using System.Collections.Immutable;
using Atelier.Networks;

namespace Atelier.Inspection;

/// <summary>Which pixels a layer's positions are computed from, along one side of the picture; the other side is
/// alike. Position p looks at Size pixels, from pixel First + p·Stride on.</summary>
/// <remarks>A 3×3 convolution adds a position of its input on each side, a 2×2 pool one after, and doubles the stride:
/// relu4_1 of a VGG looks at 68 pixels, relu5_1 at 156.</remarks>
public sealed class ReceptiveField
{
    private readonly ImmutableArray<bool> _arePools;

    /// <param name="arePools">For each layer from the picture down to this one, whether it is a pool.</param>
    private ReceptiveField(string layer, ImmutableArray<bool> arePools)
    {
        (Layer, _arePools, Size, Stride) = (layer, arePools, 1, 1);
        foreach (bool isPool in arePools)
        {
            First -= isPool ? 0 : Stride;
            Size += (isPool ? 1 : 2) * Stride;
            Stride *= isPool ? 2 : 1;
        }
    }

    /// <summary>Name of the layer.</summary>
    public string Layer { get; }

    /// <summary>Pixels that a position looks at, far from the edges.</summary>
    public int Size { get; }

    /// <summary>Pixels from one position to the next.</summary>
    public int Stride { get; }

    /// <summary>The first pixel that position 0 would look at; at a convolution it lies before the picture.</summary>
    public int First { get; }

    /// <summary>The middle of what position 0 would look at, where pixel 0 has its middle at 0.</summary>
    public double Center => First + ((Size - 1) / 2.0);

    /// <summary>The fields of all layers of a network, from the picture downward.</summary>
    public static ImmutableArray<ReceptiveField> Of(NetworkDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ImmutableArray<string> layers = definition.LayerNames;
        ImmutableArray<bool> arePools = [.. layers.Select(layer => !definition.ReluNames.Contains(layer))];
        return [.. layers.Select((layer, i) => new ReceptiveField(layer, arePools[..(i + 1)]))];
    }

    /// <summary>Positions along a side of so many pixels; pools drop an odd last one.</summary>
    public int Positions(int length) => length >> _arePools.Count(isPool => isPool);

    /// <summary>The pixels that a position looks at, without those that would lie outside the picture.</summary>
    /// <param name="position">A position, below <see cref="Positions"/>.</param>
    /// <param name="length">Pixels of the picture's side.</param>
    /// <returns>The first pixel and the one after the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public (int First, int End) Pixels(int position, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Positions(length));
        (int first, int end, int pools) = (position, position + 1, _arePools.Count(isPool => isPool));

        // Clipped at every layer: what a pool drops is out of sight for the layers after it.
        foreach (bool isPool in _arePools.Reverse())
        {
            pools -= isPool ? 1 : 0;
            (first, end) = isPool
                ? (2 * first, 2 * end)
                : (Math.Max(0, first - 1), Math.Min(end + 1, length >> pools));
        }

        return (first, end);
    }

    /// <summary>The position whose middle lies nearest to a pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The side is too short for any position.</exception>
    public int PositionNear(int pixel, int length)
    {
        ArgumentOutOfRangeException.ThrowIfZero(Positions(length), nameof(length));
        return (int)Math.Clamp(Math.Round((pixel - Center) / Stride), 0, Positions(length) - 1);
    }
}
