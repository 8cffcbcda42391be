using System.Numerics;
using Atelier.Engine.Cpu;

namespace Atelier.Video.Flow;

/// <summary>Two linear equations at each pixel, for its flow (u, v) and those of its four neighbors: (XX + Σw)·u + XY·v
/// = RightX + Σ w·uₙ and (YY + Σw)·v + XY·u = RightY + Σ w·vₙ, with w = stiffness here + stiffness there.</summary>
internal sealed class FlowEquations(int height, int width)
{
    // The parameters of successive over-relaxation, as in Kroeger et al.
    private const float Relaxation = 1.6f;
    private const int Halves = 2 * 5;

    // A band of the planes of a picture 640 wide fits the cache of a core. No less than 2 × Halves rows.
    private const int RowsOfBand = 32;

    // 0, 1, 0, 1 …
    private static readonly Vector<int> Parity = Vector<int>.Indices & Vector<int>.One;

    internal Plane XX { get; } = new(height, width);

    internal Plane XY { get; } = new(height, width);

    internal Plane YY { get; } = new(height, width);

    internal Plane RightX { get; } = new(height, width);

    internal Plane RightY { get; } = new(height, width);

    internal Plane Stiffness { get; } = new(height, width);

    /// <summary>Moves a flow toward the solution.</summary>
    /// <remarks>Red-black ordering: the white and the black pixels of a checkerboard are updated alternately, and a row
    /// can start its next half-step when both of its neighbors have finished theirs. A band of rows therefore performs
    /// all half-steps while it is in the cache, each with one row less at either end, and the rows between bands catch
    /// up afterwards. The result is the same as half-step by half-step, with a tenth of the memory traffic.</remarks>
    internal void Solve(IWorkers workers, Plane flowX, Plane flowY)
    {
        int bands = Math.Max(1, height / RowsOfBand);
        workers.Run(bands, band =>
        {
            int top = band * RowsOfBand, end = top + RowsOfBand;
            for (int half = 0; half < Halves; half++)
                RelaxRows(band == 0 ? 0 : top + half, band == bands - 1 ? height : end - half, half & 1, flowX, flowY);
        });
        workers.Run(bands - 1, band =>
        {
            int seam = (band + 1) * RowsOfBand;
            for (int half = 1; half < Halves; half++)
                RelaxRows(seam - half, seam + half, half & 1, flowX, flowY);
        });
    }

    private void RelaxRows(int first, int end, int color, Plane flowX, Plane flowY)
    {
        for (int y = first; y < end; y++)
            Relax(y, color, flowX, flowY);
    }

    /// <summary>Updates every other pixel of a row, with the others fixed.</summary>
    /// <param name="color">0 or 1: which squares of the checkerboard.</param>
    private void Relax(int y, int color, Plane flowX, Plane flowY)
    {
        Vector<int> turn = Vector.Equals(Parity, new Vector<int>((y + color) & 1));
        ref float u = ref flowX.Row(y), uAbove = ref flowX.Row(y - 1), uBelow = ref flowX.Row(y + 1);
        ref float v = ref flowY.Row(y), vAbove = ref flowY.Row(y - 1), vBelow = ref flowY.Row(y + 1);
        ref float s = ref Stiffness.Row(y), sAbove = ref Stiffness.Row(y - 1), sBelow = ref Stiffness.Row(y + 1);
        ref float xx = ref XX.Row(y), xy = ref XY.Row(y), yy = ref YY.Row(y);
        ref float rightX = ref RightX.Row(y), rightY = ref RightY.Row(y);

        // The value before a vector is loaded before the vector that ends there is stored: a load that partly overlaps
        // a pending store would have to wait for it.
        Vector<float> uBefore = Plane.Load(ref u, -1), vBefore = Plane.Load(ref v, -1);
        for (int x = 0; x < width; x += Vector<float>.Count)
        {
            Vector<float> here = Plane.Load(ref s, x);
            Vector<float> before = here + Plane.Load(ref s, x - 1), after = here + Plane.Load(ref s, x + 1);
            Vector<float> above = here + Plane.Load(ref sAbove, x), below = here + Plane.Load(ref sBelow, x);
            Vector<float> sum = before + after + above + below;
            Vector<float> aroundX = (before * uBefore) + (after * Plane.Load(ref u, x + 1))
                + (above * Plane.Load(ref uAbove, x)) + (below * Plane.Load(ref uBelow, x));
            Vector<float> aroundY = (before * vBefore) + (after * Plane.Load(ref v, x + 1))
                + (above * Plane.Load(ref vAbove, x)) + (below * Plane.Load(ref vBelow, x));
            Vector<float> oldX = Plane.Load(ref u, x), oldY = Plane.Load(ref v, x), mixed = Plane.Load(ref xy, x);
            Vector<float> bestX =
                (Plane.Load(ref rightX, x) + aroundX - (mixed * oldY)) / (Plane.Load(ref xx, x) + sum);
            Vector<float> newX = oldX + ((bestX - oldX) * Relaxation);
            Vector<float> bestY =
                (Plane.Load(ref rightY, x) + aroundY - (mixed * newX)) / (Plane.Load(ref yy, x) + sum);
            Vector<float> newY = oldY + ((bestY - oldY) * Relaxation);
            uBefore = Plane.Load(ref u, x + Vector<float>.Count - 1);
            vBefore = Plane.Load(ref v, x + Vector<float>.Count - 1);
            Vector.ConditionalSelect(turn, newX, oldX).StoreUnsafe(ref u, (nuint)x);
            Vector.ConditionalSelect(turn, newY, oldY).StoreUnsafe(ref v, (nuint)x);
        }

        flowX.ExtendRow(y);
        flowY.ExtendRow(y);
    }
}
