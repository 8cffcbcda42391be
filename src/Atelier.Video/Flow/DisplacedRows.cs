using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Atelier.Video.Flow;

/// <summary>The rows of a patch at a position between the pixels of a picture. Positions far outside are moved to just
/// outside the border.</summary>
internal readonly struct DisplacedRows
{
    private readonly Plane _plane;
    private readonly int _left, _top;
    private readonly float _shareRight, _shareBelow;

    internal DisplacedRows(Plane plane, int left, int top, float x, float y)
    {
        _plane = plane;
        x = Math.Clamp(left + x, -PatchGrid.Side, plane.Width);
        y = Math.Clamp(top + y, -PatchGrid.Side, plane.Height);
        (_left, _top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        (_shareRight, _shareBelow) = (x - _left, y - _top);
    }

    /// <summary>Returns a row of pixels that is displaced only horizontally.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<float> Across(int row)
    {
        ref float first = ref Unsafe.Add(ref _plane.Row(_top + row), _left);
        Vector256<float> left = Vector256.LoadUnsafe(ref first), right = Vector256.LoadUnsafe(ref first, 1);
        return left + ((right - left) * _shareRight);
    }

    /// <summary>Returns the row of the patch between two such rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<float> Between(Vector256<float> upper, Vector256<float> lower)
        => upper + ((lower - upper) * _shareBelow);
}
