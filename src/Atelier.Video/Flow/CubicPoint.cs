using System.Numerics;

namespace Atelier.Video.Flow;

/// <summary>A position among sixteen samples of a plane, interpolated by Catmull–Rom splines. Positions outside are
/// clamped to the border.</summary>
internal readonly struct CubicPoint
{
    private readonly Vector4 _across, _down;
    private readonly int _column, _row;
    private readonly int _height, _width;

    internal CubicPoint(float x, float y, int height, int width)
    {
        (_height, _width) = (height, width);
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        (_column, _row) = ((int)x, (int)y);
        (_across, _down) = (Weights(x - _column), Weights(y - _row));
    }

    /// <summary>Returns the interpolated value of a plane at this position, which may overshoot its samples.</summary>
    internal float Sample(ReadOnlySpan<float> plane) => Vector4.Dot(
        _down, new Vector4(Along(plane, _row - 1), Along(plane, _row), Along(plane, _row + 1), Along(plane, _row + 2)));

    private float Along(ReadOnlySpan<float> plane, int row)
    {
        ReadOnlySpan<float> samples = plane.Slice(Math.Clamp(row, 0, _height - 1) * _width, _width);
        int left = _column - 1;
        if (left >= 0 && left + 4 <= _width)
        {
            return Vector4.Dot(_across, new Vector4(samples.Slice(left, 4)));
        }

        int last = _width - 1;
        return Vector4.Dot(_across, new Vector4(
            samples[Math.Max(left, 0)], samples[_column], samples[Math.Min(left + 2, last)],
            samples[Math.Min(left + 3, last)]));
    }

    private static Vector4 Weights(float t)
        => new(
            ((((-0.5f * t) + 1) * t) - 0.5f) * t,
            (((1.5f * t) - 2.5f) * t * t) + 1,
            ((((-1.5f * t) + 2) * t) + 0.5f) * t,
            ((0.5f * t) - 0.5f) * t * t);
}
