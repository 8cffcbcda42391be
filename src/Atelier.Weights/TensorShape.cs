using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>Lengths of axes as a file declares them, checked before they are believed.</summary>
internal static class TensorShape
{
    /// <summary>More axes than any network's weights have.</summary>
    internal const int MaxAxes = 8;

    // The values have to fit an array.
    private const int MaxValues = 536_000_000;

    /// <summary>The lengths as a shape, or null if they are too many, too large or negative.</summary>
    internal static ImmutableArray<int>? TryCreate(ReadOnlySpan<long> lengths)
    {
        if (lengths.Length > MaxAxes)
        {
            return null;
        }

        long count = 1;
        ImmutableArray<int>.Builder shape = ImmutableArray.CreateBuilder<int>(lengths.Length);
        foreach (long length in lengths)
        {
            // A length of zero empties the tensor; the others are held to the limit all the same.
            long factor = Math.Max(length, 1);
            if (length < 0 || factor > MaxValues / count)
            {
                return null;
            }

            count *= factor;
            shape.Add((int)length);
        }

        return shape.MoveToImmutable();
    }

    /// <summary>How many values a tensor of this shape has.</summary>
    internal static int Count(ImmutableArray<int> shape) => shape.Aggregate(1, (count, length) => count * length);

    /// <summary>How far apart neighbors along each axis lie in row-major order.</summary>
    internal static int[] Strides(ImmutableArray<int> shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }
}
