using System.Numerics;
using System.Runtime.CompilerServices;

namespace Atelier.Video.Flow;

/// <summary>First derivatives by the central difference of fourth order: (−f₊₂ + 8 f₊₁ − 8 f₋₁ + f₋₂) ⁄ 12.</summary>
internal static class Derivatives
{
    private const float Near = 8f / 12, Far = 1f / 12;

    /// <summary>A row of the derivatives of a plane.</summary>
    internal static void ComputeRow(Plane source, int y, Plane across, Plane down)
    {
        ref float row = ref source.Row(y);
        ref float above = ref source.Row(y - 1), above2 = ref source.Row(y - 2);
        ref float below = ref source.Row(y + 1), below2 = ref source.Row(y + 2);
        ref float acrossRow = ref across.Row(y), downRow = ref down.Row(y);
        for (int x = 0; x < source.Width; x += Vector<float>.Count)
        {
            Difference(
                Plane.Load(ref row, x - 2), Plane.Load(ref row, x - 1),
                Plane.Load(ref row, x + 1), Plane.Load(ref row, x + 2)).StoreUnsafe(ref acrossRow, (nuint)x);
            Difference(
                Plane.Load(ref above2, x), Plane.Load(ref above, x),
                Plane.Load(ref below, x), Plane.Load(ref below2, x)).StoreUnsafe(ref downRow, (nuint)x);
        }

        across.ExtendRow(y);
        down.ExtendRow(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Difference(
        Vector<float> before2, Vector<float> before, Vector<float> after, Vector<float> after2)
        => ((after - before) * Near) - ((after2 - before2) * Far);
}
