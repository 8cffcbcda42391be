using System.Runtime.CompilerServices;

namespace Atelier.Video.Flow;

/// <summary>A position between four samples of a plane. Positions outside are clamped to the border.</summary>
internal readonly struct BilinearPoint
{
    private readonly int _start, _right, _below;
    private readonly float _shareRight, _shareBelow;

    /// <param name="x">Columns from the first sample of a row.</param>
    /// <param name="y">Rows from the first one.</param>
    /// <param name="stride">Samples from one row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal BilinearPoint(float x, float y, int height, int width, int stride)
    {
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        int column = Math.Max(0, Math.Min((int)x, width - 2)), row = Math.Max(0, Math.Min((int)y, height - 2));
        _start = (row * stride) + column;
        _right = width > 1 ? 1 : 0;
        _below = height > 1 ? stride : 0;
        _shareRight = x - column;
        _shareBelow = y - row;
    }

    /// <summary>Returns the interpolated value of a plane at this position.</summary>
    /// <param name="plane">Begins with the first sample of the first row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal float Sample(ReadOnlySpan<float> plane)
    {
        float above = Between(plane[_start], plane[_start + _right]);
        int below = _start + _below;
        return above + (_shareBelow * (Between(plane[below], plane[below + _right]) - above));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Between(float left, float right) => left + (_shareRight * (right - left));
}
