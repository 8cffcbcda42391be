using System.Numerics;
using System.Runtime.CompilerServices;
using Atelier.Engine.Cpu;

namespace Atelier.Video.Flow;

/// <summary>Refines a flow to sub-pixel accuracy by minimizing the energy of Brox, Bruhn, Papenberg and Weickert
/// (2004): constancy of gray values and of their derivatives along the flow, and smoothness of the flow, each with a
/// robust penalty √(s² + ε²). The data terms are normalized as by Zimmer, Bruhn and Weickert (2011). </summary>
/// <remarks>Differs from Kroeger et al.: the second picture is warped twice at each size, and smoothness counts three
/// times as much at the finest size, half as much at each coarser one, because the reliability check mistakes a rough
/// flow for a motion boundary.</remarks>
/// <param name="level">How often the pictures were halved.</param>
internal sealed class VariationalRefinement(int height, int width, int level)
{
    // The weights of the terms of the data with which Kroeger et al. refine the flow of their patches.
    private const float BrightnessWeight = 5;
    private const float GradientWeight = 10;

    // Kroeger et al. weight smoothness by 10. Coarse pictures have less noise, and details that must not be smoothed
    // away.
    private const float FinestSmoothness = 30;
    private const float SmoothnessDecay = 0.5f;

    // ε of the penalties, in pixels; with the usual 0.001, smooth changes turn into steps, which look like motion
    // boundaries.
    private const float Epsilon = 0.02f;

    // How often the picture is warped again, and how often the weights are updated each time.
    private const int Warps = 2;
    private const int Weighings = 3;

    private readonly float _smoothness = FinestSmoothness * MathF.Pow(SmoothnessDecay, level);
    private readonly Plane _average = new(height, width), _known = new(height, width);
    private readonly LinearConstraint _gray = new(height, width);
    private readonly LinearConstraint _slopeX = new(height, width), _slopeY = new(height, width);
    private readonly FlowEquations _equations = new(height, width);

    /// <summary>Refines a flow from one picture to another.</summary>
    internal void Refine(IWorkers workers, Plane from, Plane to, Plane flowX, Plane flowY)
    {
        for (int warp = 0; warp < Warps; warp++)
        {
            workers.ForEachRow(height, y => Compare(from, to, y, flowX, flowY));
            workers.ForEachRow(height, y =>
            {
                Derivatives.ComputeRow(_average, y, _gray.X, _gray.Y);
                Derivatives.ComputeRow(_gray.Rest, y, _slopeX.Rest, _slopeY.Rest);
            });
            workers.ForEachRow(height, y =>
            {
                Derivatives.ComputeRow(_gray.X, y, _slopeX.X, _slopeX.Y);
                Derivatives.ComputeRow(_gray.Y, y, _slopeY.X, _slopeY.Y);
            });
            workers.ForEachRow(height, y =>
            {
                _gray.ToAbsolute(y, flowX, flowY, _known);
                _slopeX.ToAbsolute(y, flowX, flowY, _known);
                _slopeY.ToAbsolute(y, flowX, flowY, _known);
            });
            for (int weighing = 0; weighing < Weighings; weighing++)
                Solve(workers, flowX, flowY);
        }
    }

    private void Solve(IWorkers workers, Plane flowX, Plane flowY)
    {
        workers.ForEachRow(height, y =>
        {
            WeighData(y, flowX, flowY);
            WeighSmoothness(y, flowX, flowY);
        });
        _equations.Solve(workers, flowX, flowY);
    }

    /// <summary>Computes a row of the mean and difference of the pictures, with the second one warped; it is unknown
    /// where the flow leads out of the picture.</summary>
    private void Compare(Plane from, Plane to, int y, Plane flowX, Plane flowY)
    {
        Span<float> u = flowX.Inside(y), v = flowY.Inside(y), gray = from.Inside(y);
        Span<float> average = _average.Inside(y), difference = _gray.Rest.Inside(y), known = _known.Inside(y);
        for (int x = 0; x < width; x++)
        {
            (float seenX, float seenY) = (x + u[x], y + v[x]);
            float warped = new BilinearPoint(seenX, seenY, height, width, to.Stride).Sample(to.FromFirst);
            average[x] = 0.5f * (warped + gray[x]);
            difference[x] = warped - gray[x];
            known[x] = seenX >= 0 && seenX <= width - 1 && seenY >= 0 && seenY <= height - 1 ? 1 : 0;
        }

        _average.ExtendRow(y);
        _gray.Rest.ExtendRow(y);
        _known.ExtendRow(y);
    }

    private void WeighData(int y, Plane flowX, Plane flowY)
    {
        ref float flowXRow = ref flowX.Row(y), flowYRow = ref flowY.Row(y);
        for (int x = 0; x < width; x += Vector<float>.Count)
        {
            Vector<float> u = Plane.Load(ref flowXRow, x), v = Plane.Load(ref flowYRow, x);
            LinearConstraint.Lanes gray = _gray.At(y, x), slopeX = _slopeX.At(y, x), slopeY = _slopeY.At(y, x);
            Vector<float> grayScale = gray.Scale, scaleX = slopeX.Scale, scaleY = slopeY.Scale;
            Vector<float> grayWeight = grayScale * Penalty(grayScale * gray.SquareOf(u, v), BrightnessWeight);
            Vector<float> slopeWeight = Penalty(
                (scaleX * slopeX.SquareOf(u, v)) + (scaleY * slopeY.SquareOf(u, v)), GradientWeight);
            (Vector<float> weightX, Vector<float> weightY) = (slopeWeight * scaleX, slopeWeight * scaleY);

            Vector<float> grayX = grayWeight * gray.X, grayY = grayWeight * gray.Y;
            Vector<float> slopeXX = weightX * slopeX.X, slopeXY = weightX * slopeX.Y;
            Vector<float> slopeYX = weightY * slopeY.X, slopeYY = weightY * slopeY.Y;
            Store((grayX * gray.X) + (slopeXX * slopeX.X) + (slopeYX * slopeY.X), _equations.XX, y, x);
            Store((grayX * gray.Y) + (slopeXX * slopeX.Y) + (slopeYX * slopeY.Y), _equations.XY, y, x);
            Store((grayY * gray.Y) + (slopeXY * slopeX.Y) + (slopeYY * slopeY.Y), _equations.YY, y, x);
            Store(-(grayX * gray.Rest) - (slopeXX * slopeX.Rest) - (slopeYX * slopeY.Rest), _equations.RightX, y, x);
            Store(-(grayY * gray.Rest) - (slopeXY * slopeX.Rest) - (slopeYY * slopeY.Rest), _equations.RightY, y, x);
        }
    }

    private void WeighSmoothness(int y, Plane flowX, Plane flowY)
    {
        for (int x = 0; x < width; x += Vector<float>.Count)
        {
            // The stiffness of a link is the sum of that of both pixels, and the differences span two pixels.
            Vector<float> square = 0.25f * (SquaredChange(flowX, y, x) + SquaredChange(flowY, y, x));
            Store(Penalty(square, 0.5f * _smoothness), _equations.Stiffness, y, x);
        }

        _equations.Stiffness.ExtendRow(y);
    }

    private static Vector<float> SquaredChange(Plane plane, int y, int x)
    {
        Vector<float> across = Plane.Load(ref plane.Row(y), x + 1) - Plane.Load(ref plane.Row(y), x - 1);
        Vector<float> down = Plane.Load(ref plane.Row(y + 1), x) - Plane.Load(ref plane.Row(y - 1), x);
        return (across * across) + (down * down);
    }

    /// <summary>The derivative of the penalty by s², up to a factor that all terms share.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Penalty(Vector<float> square, float weight)
        => new Vector<float>(weight) / Vector.SquareRoot(square + new Vector<float>(Epsilon * Epsilon));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<float> values, Plane plane, int y, int x)
        => values.StoreUnsafe(ref plane.Row(y), (nuint)x);
}
