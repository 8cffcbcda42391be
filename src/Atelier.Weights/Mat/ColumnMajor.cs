using System.Collections.Immutable;

namespace Atelier.Weights.Mat;

/// <summary>Iterates over a tensor in column-major order, as MATLAB stores it, and returns the row-major index of each
/// value.</summary>
internal sealed class ColumnMajor(ImmutableArray<int> shape)
{
    private readonly int[] _strides = TensorShape.Strides(shape);
    private readonly int[] _index = new int[shape.Length];
    private int _place;

    /// <summary>Returns the row-major index of the next value.</summary>
    internal int Next()
    {
        int place = _place;
        for (int axis = 0; axis < _index.Length; axis++)
        {
            _place += _strides[axis];
            if (++_index[axis] < shape[axis])
            {
                break;
            }

            _place -= _strides[axis] * shape[axis];
            _index[axis] = 0;
        }

        return place;
    }
}
