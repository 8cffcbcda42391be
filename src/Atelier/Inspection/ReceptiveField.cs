using System.Collections.Immutable;
using Atelier.Networks;

namespace Atelier.Inspection;

/// <summary>The receptive field of a layer's positions along one side of the picture; the other side is the same.
/// Position p depends on Size pixels, starting at pixel First + p·Stride.</summary>
/// <remarks>A 3×3 convolution adds one position of its input on each side; a 2×2 pool adds one on one side and doubles
/// the stride. relu4_1 of a VGG depends on 68 pixels, relu5_1 on 156.</remarks>
public sealed class ReceptiveField
{
    private readonly ImmutableArray<bool> _arePools;

    /// <param name="arePools">For each layer up to and including this one, whether it is a pool.</param>
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

    /// <summary>Number of pixels that a position depends on, away from the edges.</summary>
    public int Size { get; }

    /// <summary>Distance between neighboring positions, in pixels.</summary>
    public int Stride { get; }

    /// <summary>The first pixel of position 0; negative after a convolution, because it lies outside the
    /// picture.</summary>
    public int First { get; }

    /// <summary>The center of the field of position 0, in a coordinate system where the center of pixel 0 is
    /// 0.</summary>
    public double Center => First + ((Size - 1) / 2.0);

    /// <summary>Returns the receptive fields of all layers of a network, shallow to deep.</summary>
    public static ImmutableArray<ReceptiveField> FromNetwork(NetworkDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ImmutableArray<string> layers = definition.LayerNames;
        ImmutableArray<bool> arePools = [.. layers.Select(layer => !definition.ReluNames.Contains(layer))];
        return [.. layers.Select((layer, i) => new ReceptiveField(layer, arePools[..(i + 1)]))];
    }

    /// <summary>Returns the number of positions along a side of the given length; pools drop an odd last
    /// position.</summary>
    public int Positions(int length) => length >> _arePools.Count(isPool => isPool);

    /// <summary>Returns the pixels that a position depends on, clipped to the picture.</summary>
    /// <param name="position">A position, below <see cref="Positions"/>.</param>
    /// <param name="length">Length of the picture's side, in pixels.</param>
    /// <returns>The first pixel and the one after the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public (int First, int End) Pixels(int position, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Positions(length));
        (int first, int end, int pools) = (position, position + 1, _arePools.Count(isPool => isPool));

        // Clipped at every layer, because deeper layers cannot see what a pool drops.
        foreach (bool isPool in _arePools.Reverse())
        {
            pools -= isPool ? 1 : 0;
            (first, end) = isPool
                ? (2 * first, 2 * end)
                : (Math.Max(0, first - 1), Math.Min(end + 1, length >> pools));
        }

        return (first, end);
    }

    /// <summary>Returns the position whose center is nearest to a pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The side is too short for any position.</exception>
    public int PositionNear(int pixel, int length)
    {
        ArgumentOutOfRangeException.ThrowIfZero(Positions(length), nameof(length));
        return (int)Math.Clamp(Math.Round((pixel - Center) / Stride), 0, Positions(length) - 1);
    }
}
