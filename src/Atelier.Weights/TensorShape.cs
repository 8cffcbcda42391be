using System.Collections.Immutable;

namespace Atelier.Weights;

/// <summary>Validates the lengths of axes that a file declares.</summary>
internal static class TensorShape
{
    /// <summary>Maximum number of axes, more than any network's weights have.</summary>
    internal const int MaxAxes = 8;

    // The values must fit into an array.
    private const int MaxValues = 536_000_000;

    /// <summary>Returns the lengths as a shape, or null if there are too many, or if they are too large or
    /// negative.</summary>
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
            // With a length of zero the tensor is empty, but the limit still applies to the other lengths.
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

    /// <summary>Returns the number of values in a tensor of this shape.</summary>
    internal static int Count(ImmutableArray<int> shape) => shape.Aggregate(1, (count, length) => count * length);

    /// <summary>Returns the distance between neighbors along each axis in row-major order.</summary>
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
