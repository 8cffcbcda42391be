using System.Numerics;
using System.Runtime.CompilerServices;

namespace Atelier.Video.Flow;

/// <summary>What a flow (u, v) should fulfill at each pixel: X·u + Y·v + Rest = 0.</summary>
internal sealed class LinearConstraint(int height, int width)
{
    // What is flatter, of 255 grays, counts the less the flatter it is (Zimmer, Bruhn and Weickert 2011, who take 0.1):
    // two are the noise of photographs and of compressed video.
    private const float FlatSlope = 2;

    internal Plane X { get; } = new(height, width);

    internal Plane Y { get; } = new(height, width);

    internal Plane Rest { get; } = new(height, width);

    /// <summary>Turns a row that speaks of the change of a flow into one that speaks of the whole flow, and drops it
    /// where nothing is known.</summary>
    /// <param name="known">1 where the constraint holds, 0 where it means nothing.</param>
    internal void Anchor(int y, Plane flowX, Plane flowY, Plane known)
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

    /// <summary>The constraint at as many pixels as a vector has lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Lanes At(int y, int x)
        => new(Plane.Load(ref X.Row(y), x), Plane.Load(ref Y.Row(y), x), Plane.Load(ref Rest.Row(y), x));

    internal readonly record struct Lanes(Vector<float> X, Vector<float> Y, Vector<float> Rest)
    {
        /// <summary>What makes a distance in pixels of a distance in grays, squared: 1 ⁄ (X² + Y² + flat²).</summary>
        internal Vector<float> Scale
            => Vector<float>.One / ((X * X) + (Y * Y) + new Vector<float>(FlatSlope * FlatSlope));

        /// <summary>How far a flow is from fulfilling it, squared.</summary>
        internal Vector<float> SquareOf(Vector<float> u, Vector<float> v)
        {
            Vector<float> distance = (X * u) + (Y * v) + Rest;
            return distance * distance;
        }
    }
}
