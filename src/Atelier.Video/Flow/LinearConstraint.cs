using System.Numerics;
using System.Runtime.CompilerServices;

namespace Atelier.Video.Flow;

/// <summary>A linear constraint on the flow (u, v) at each pixel: X·u + Y·v + Rest = 0.</summary>
internal sealed class LinearConstraint(int height, int width)
{
    // Gradients below this many gray levels of 255 count less the flatter they are (Zimmer, Bruhn and Weickert 2011,
    // who use 0.1): two is the noise level of photographs and of compressed video.
    private const float FlatSlope = 2;

    internal Plane X { get; } = new(height, width);

    internal Plane Y { get; } = new(height, width);

    internal Plane Rest { get; } = new(height, width);

    /// <summary>Converts a row of constraints on the flow increment into constraints on the total flow, and drops them
    /// where the picture is unknown.</summary>
    /// <param name="known">1 where the constraint is valid, 0 where it is not.</param>
    internal void ToAbsolute(int y, Plane flowX, Plane flowY, Plane known)
    {
        ref float slopeX = ref X.Row(y), slopeY = ref Y.Row(y), rest = ref Rest.Row(y);
        ref float u = ref flowX.Row(y), v = ref flowY.Row(y), holds = ref known.Row(y);
        for (int x = 0; x < width; x += Vector<float>.Count)
        {
            Vector<float> share = Plane.Load(ref holds, x);
            Vector<float> across = share * Plane.Load(ref slopeX, x), down = share * Plane.Load(ref slopeY, x);
            Vector<float> whole = (share * Plane.Load(ref rest, x))
                - (across * Plane.Load(ref u, x)) - (down * Plane.Load(ref v, x));
            across.StoreUnsafe(ref slopeX, (nuint)x);
            down.StoreUnsafe(ref slopeY, (nuint)x);
            whole.StoreUnsafe(ref rest, (nuint)x);
        }
    }

    /// <summary>Loads the constraints of one vector of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Lanes At(int y, int x)
        => new(Plane.Load(ref X.Row(y), x), Plane.Load(ref Y.Row(y), x), Plane.Load(ref Rest.Row(y), x));

    internal readonly record struct Lanes(Vector<float> X, Vector<float> Y, Vector<float> Rest)
    {
        /// <summary>Factor that converts a squared distance in gray values to a squared distance in pixels: 1 ⁄ (X² +
        /// Y² + flat²).</summary>
        internal Vector<float> Scale
            => Vector<float>.One / ((X * X) + (Y * Y) + new Vector<float>(FlatSlope * FlatSlope));

        /// <summary>Returns the squared residual of the constraint for a flow.</summary>
        internal Vector<float> SquareOf(Vector<float> u, Vector<float> v)
        {
            Vector<float> distance = (X * u) + (Y * v) + Rest;
            return distance * distance;
        }
    }
}
