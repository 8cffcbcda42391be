using System.Collections.Immutable;

namespace Atelier.Weights.Mat;

/// <summary>Goes through a tensor with its first axis fastest, as MATLAB stores it, and says where each value lies with
/// the last axis fastest.</summary>
internal sealed class ColumnMajor(ImmutableArray<int> shape)
{
    private readonly int[] _strides = TensorShape.Strides(shape);
    private readonly int[] _index = new int[shape.Length];
    private int _place;

    /// <summary>The place of the next value in row-major order.</summary>
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
