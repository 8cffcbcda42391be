using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Atelier.Video.Flow;

/// <summary>A patch of a picture and its search in another one, by the inverse search of Kroeger et al. (2016, section
/// 2.1), which uses the derivatives of the patch instead of those at the compared position.</summary>
internal readonly struct Patch
{
    // Kroeger et al. need about a dozen steps where the flow is large.
    private const int MaxSteps = 12;

    // Pixels; shorter steps than a fiftieth change nothing that the refinement would not.
    private const float ShortestStep = 0.02f;

    // The variance of a derivative due to noise of one gray level in 256; flatter patches do not move.
    private const float Noise = Area;

    private const float Area = PatchGrid.Side * PatchGrid.Side;

    private readonly LevelPicture _from;
    private readonly Plane _to;
    private readonly int _left, _top;
    private readonly float _sumX, _sumY, _inverseXX, _inverseXY, _inverseYY;

    internal Patch(LevelPicture from, Plane to, int left, int top)
    {
        (_from, _to, _left, _top) = (from, to, left, top);
        Vector256<float> sumX = default, sumY = default, sumXX = default, sumXY = default, sumYY = default;
        for (int row = 0; row < PatchGrid.Side; row++)
        {
            Vector256<float> x = Load(from.Across, row), y = Load(from.Down, row);
            sumX += x;
            sumY += y;
            sumXX += x * x;
            sumXY += x * y;
            sumYY += y * y;
        }

        _sumX = Vector256.Sum(sumX);
        _sumY = Vector256.Sum(sumY);
        float xx = Vector256.Sum(sumXX) - (_sumX * _sumX / Area) + Noise;
        float xy = Vector256.Sum(sumXY) - (_sumX * _sumY / Area);
        float yy = Vector256.Sum(sumYY) - (_sumY * _sumY / Area) + Noise;
        float determinant = (xx * yy) - (xy * xy);
        (_inverseXX, _inverseXY, _inverseYY) = (yy / determinant, -xy / determinant, xx / determinant);
    }

    /// <summary>Finds the displacement of a local minimum, starting from a given one.</summary>
    internal Displacement Search(float startX, float startY)
    {
        Displacement best = new(startX, startY, float.PositiveInfinity);
        (float x, float y) = (startX, startY);
        for (int step = 0; step < MaxSteps; step++)
        {
            (float error, float slopeX, float slopeY) = Compare(x, y);
            if (!(error < best.Error) || Math.Max(Math.Abs(x - startX), Math.Abs(y - startY)) > PatchGrid.Side)
            {
                break;
            }

            best = new Displacement(x, y, error);
            float stepX = (_inverseXX * slopeX) + (_inverseXY * slopeY);
            float stepY = (_inverseXY * slopeX) + (_inverseYY * slopeY);
            if ((stepX * stepX) + (stepY * stepY) < ShortestStep * ShortestStep)
            {
                break;
            }

            (x, y) = (x - stepX, y - stepY);
        }

        return best;
    }

    /// <summary>Computes the squared difference between the patch and a position in the other picture, each without its
    /// mean, and half of its derivative.</summary>
    internal (float Error, float SlopeX, float SlopeY) Compare(float x, float y)
    {
        DisplacedRows there = new(_to, _left, _top, x, y);
        Vector256<float> sum = default, squares = default, slopeX = default, slopeY = default;
        Vector256<float> upper = there.Across(0);
        for (int row = 0; row < PatchGrid.Side; row++)
        {
            Vector256<float> lower = there.Across(row + 1);
            Vector256<float> difference = there.Between(upper, lower) - Load(_from.Gray, row);
            upper = lower;
            sum += difference;
            squares += difference * difference;
            slopeX += difference * Load(_from.Across, row);
            slopeY += difference * Load(_from.Down, row);
        }

        float total = Vector256.Sum(sum), mean = total / Area;
        return (
            Vector256.Sum(squares) - (total * mean),
            Vector256.Sum(slopeX) - (mean * _sumX), Vector256.Sum(slopeY) - (mean * _sumY));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Load(Plane plane, int row)
        => Vector256.LoadUnsafe(ref plane.Row(_top + row), (nuint)_left);
}

/// <summary>A displacement of a patch, and its matching error.</summary>
internal readonly record struct Displacement(float X, float Y, float Error);
