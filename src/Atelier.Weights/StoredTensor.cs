using System.Collections.Immutable;
using Atelier.Primitives;

namespace Atelier.Weights;

/// <summary>The location of the values of a tensor, with any order of axes, gaps and overlaps, as in PyTorch's
/// views.</summary>
internal sealed class StoredTensor
{
    // The bytes of a tensor must fit into an array.
    private const long MaxValues = 536_000_000;
    private const int MaxDimensions = 8;

    // A view with fewer values than one in this many would take far more memory than its values.
    private const long MaxSpread = 64, SmallSpan = 1 << 20;

    private readonly ByteSource _bytes;
    private readonly long _begin, _span;
    private readonly WeightType _type;
    private readonly ImmutableArray<long> _strides;
    private readonly bool _bigEndian;

    /// <summary>Checks that all values are inside the bytes.</summary>
    /// <param name="bytes">The bytes that contain the values.</param>
    /// <param name="begin">Position of the first value, in bytes.</param>
    /// <param name="type">The storage format of a value.</param>
    /// <param name="shape">Lengths of the axes.</param>
    /// <param name="strides">Number of values from one index of an axis to the next.</param>
    /// <param name="bigEndian">Whether values are big-endian.</param>
    /// <exception cref="WeightFormatException">The values are not inside the bytes.</exception>
    internal StoredTensor(
        ByteSource bytes, long begin, WeightType type, IReadOnlyList<long> shape, IReadOnlyList<long> strides,
        bool bigEndian = false)
    {
        (_bytes, _begin, _type, _strides, _bigEndian) = (bytes, begin, type, [.. strides], bigEndian);
        Shape = [.. CheckedShape(shape).Select(length => (int)length)];
        if (strides.Count != shape.Count || strides.Any(stride => stride < 0))
        {
            throw new WeightFormatException($"a tensor has the strides [{string.Join(", ", strides)}].");
        }

        long available = begin < 0 || begin > bytes.Length ? -1 : (bytes.Length - begin) / type.BytesPerValue();
        _span = Shape.Contains(0) ? 0 : 1;
        for (int axis = 0; axis < shape.Count && _span > 0; axis++)
        {
            long steps = shape[axis] - 1;
            if (steps > 0 && strides[axis] > available / steps)
            {
                throw ByteSource.CutOff();
            }

            _span += steps * strides[axis];
        }

        if (available < _span)
        {
            throw ByteSource.CutOff();
        }
    }

    /// <summary>Creates a tensor whose values are not read.</summary>
    /// <param name="unreadType">The type of its values.</param>
    /// <param name="shape">Lengths of the axes.</param>
    internal StoredTensor(string unreadType, IReadOnlyList<long> shape)
    {
        UnreadType = unreadType;
        Shape = [.. CheckedShape(shape).Select(length => (int)length)];
        (_bytes, _strides) = (new StreamBytes(Stream.Null), []);
    }

    internal ImmutableArray<int> Shape { get; }

    /// <summary>The type of its values if it is one that is not read, such as integers; otherwise null.</summary>
    internal string? UnreadType { get; }

    /// <summary>Returns the strides of contiguous values in row-major order.</summary>
    internal static long[] RowMajor(IReadOnlyList<long> shape)
    {
        long[] strides = new long[CheckedShape(shape).Count];
        long stride = 1;
        for (int axis = shape.Count - 1; axis >= 0; stride *= Math.Max(1, shape[axis--]))
            strides[axis] = stride;
        return strides;
    }

    /// <summary>Returns the values in row-major order.</summary>
    internal float[] Read()
    {
        int count = Shape.Aggregate(1, (product, length) => product * length);
        if (_span > SmallSpan && (_span > MaxSpread * count || _span > MaxValues))
        {
            throw new WeightFormatException($"{Count.Of(count, "value")} of a tensor spread over {_span}.");
        }

        float[] span = _bytes.ReadNumbers(_begin, _type, (int)_span, _bigEndian);
        return _strides.AsSpan().SequenceEqual(RowMajor([.. Shape.Select(length => (long)length)]))
            ? span
            : Gather(span, count);
    }

    private float[] Gather(float[] span, int count)
    {
        float[] values = new float[count];
        int[] index = new int[Shape.Length];
        long from = 0;
        for (int i = 0; i < count; i++)
        {
            values[i] = span[from];
            for (int axis = Shape.Length - 1; axis >= 0; axis--)
            {
                from += _strides[axis];
                if (++index[axis] < Shape[axis])
                {
                    break;
                }

                from -= _strides[axis] * index[axis];
                index[axis] = 0;
            }
        }

        return values;
    }

    private static IReadOnlyList<long> CheckedShape(IReadOnlyList<long> shape)
    {
        long count = 1;
        foreach (long length in shape)
        {
            if (shape.Count > MaxDimensions || length is < 0 or > MaxValues
                || (length > 0 && count > MaxValues / length))
            {
                throw new WeightFormatException(
                    $"a tensor has {shape.Count} axes [{string.Join(", ", shape.Take(MaxDimensions))}], " +
                    "which is too large.");
            }

            count *= Math.Max(1, length);
        }

        return shape;
    }
}
