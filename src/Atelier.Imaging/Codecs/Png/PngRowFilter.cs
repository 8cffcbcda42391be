using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Tries all filters on every row and keeps the one with the smallest sum of absolute differences, the usual
/// heuristic for the best compression.</summary>
internal sealed class PngRowFilter
{
    private const int Lanes = 16;

    private readonly int _distance;
    private readonly int _length;
    private readonly byte[][] _candidates;
    private byte[] _row;
    private byte[] _above;

    /// <summary>Creates a filter for rows of one length.</summary>
    /// <param name="length">Number of bytes in a row.</param>
    /// <param name="distance">Bytes between a sample and its left neighbor.</param>
    public PngRowFilter(int length, int distance)
    {
        (_length, _distance) = (length, distance);
        int padded = (length + Lanes - 1) / Lanes * Lanes;
        // The pixel to the left of a row is treated as zeros, and vectors may extend past its end.
        (_row, _above) = (new byte[distance + padded], new byte[distance + padded]);
        _candidates = [.. Enumerable.Range(0, PngFilters.Count).Select(_ => new byte[1 + padded])];
        for (int filter = 0; filter < PngFilters.Count; filter++) _candidates[filter][0] = (byte)filter;
    }

    /// <summary>The bytes of the next row, to be filled before <see cref="Apply"/>.</summary>
    public Span<byte> Row => _row.AsSpan(_distance, _length);

    /// <summary>Filters the row, which then becomes the row above the next.</summary>
    /// <returns>The filter's number and the differences, valid until the next call.</returns>
    public ReadOnlySpan<byte> Apply()
    {
        Vector128<uint> none = default, sub = default, up = default, average = default, paeth = default;
        for (int i = 0; i < _length; i += Lanes)
        {
            Vector128<byte> value = Load(_row, i + _distance), left = Load(_row, i);
            Vector128<byte> above = Load(_above, i + _distance), corner = Load(_above, i);
            none += Keep(0, i, value);
            sub += Keep(1, i, value - left);
            up += Keep(2, i, value - above);
            average += Keep(3, i, value - PngFilters.Average(left, above));
            paeth += Keep(4, i, value - PngFilters.Paeth(left, above, corner));
        }

        (_row, _above) = (_above, _row);
        ReadOnlySpan<uint> sums =
        [
            Vector128.Sum(none), Vector128.Sum(sub), Vector128.Sum(up), Vector128.Sum(average), Vector128.Sum(paeth),
        ];
        int best = 0;
        for (int filter = 1; filter < PngFilters.Count; filter++)
        {
            if (sums[filter] < sums[best]) best = filter;
        }

        return _candidates[best].AsSpan(0, 1 + _length);
    }

    private static Vector128<byte> Load(byte[] bytes, int index)
        => Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(bytes), (nuint)index);

    /// <summary>Stores the differences and returns the sum of their absolute values as signed numbers.</summary>
    private Vector128<uint> Keep(int filter, int index, Vector128<byte> differences)
    {
        differences.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_candidates[filter]), (nuint)(index + 1));
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(
            Vector128.Min(differences, Vector128<byte>.Zero - differences));
        (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(low + high);
        return lower + upper;
    }
}
