using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Predicts bytes from their neighbors, so that rows contain small differences, which compress well.</summary>
internal static class PngFilters
{
    /// <summary>The number of filters; they are numbered from 0: none, sub, up, average, Paeth.</summary>
    public const int Count = 5;

    /// <summary>Replaces the differences in a row with the original bytes.</summary>
    /// <param name="filter">The row's filter, 0–4.</param>
    /// <param name="row">Differences on entry, bytes on return.</param>
    /// <param name="above">The bytes of the row above; zeros for the first row.</param>
    /// <param name="distance">Bytes between a sample and its left neighbor: 1, 2, 3, 4, 6 or 8.</param>
    /// <exception cref="ImageFormatException">The filter does not exist.</exception>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        if (filter >= Count)
        {
            throw new ImageFormatException($"PNG IDAT: a row has filter {filter}; 0 to {Count - 1} were expected.");
        }

        if (filter == 2)
        {
            UndoUp(row, above);
            return;
        }

        switch (distance)
        {
            case 1: Undo<Pixel1>(filter, row, above); break;
            case 2: Undo<Pixel2>(filter, row, above); break;
            case 3: Undo<Pixel3>(filter, row, above); break;
            case 4: Undo<Pixel4>(filter, row, above); break;
            case 6: Undo<Pixel6>(filter, row, above); break;
            case 8: Undo<Pixel8>(filter, row, above); break;
        }
    }

    /// <summary>The mean of two bytes, rounded down, computed within eight bits.</summary>
    public static Vector128<byte> Average(Vector128<byte> a, Vector128<byte> b)
        => (a & b) + Vector128.ShiftRightLogical(a ^ b, 1);

    /// <summary>Whichever of left, above and upper left is nearest to left + above − upper left (Paeth 1991); if tied,
    /// the first of them.</summary>
    /// <remarks>The distances fit into bytes. The distance of the upper left, |(left − corner) + (above − corner)|,
    /// cannot be the smallest unless the two terms have opposite signs; then it is the difference of their
    /// magnitudes.</remarks>
    public static Vector128<byte> Paeth(Vector128<byte> left, Vector128<byte> above, Vector128<byte> corner)
    {
        Vector128<byte> toLeft = Vector128.Max(above, corner) - Vector128.Min(above, corner);
        Vector128<byte> toAbove = Vector128.Max(left, corner) - Vector128.Min(left, corner);
        Vector128<byte> nearest = Vector128.Min(toLeft, toAbove);
        Vector128<byte> sameSide = ~(
            Vector128.GreaterThanOrEqual(left, corner) ^ Vector128.GreaterThanOrEqual(above, corner));
        Vector128<byte> toCorner = (Vector128.Max(toLeft, toAbove) - nearest) | sameSide;
        Vector128<byte> side = Vector128.ConditionalSelect(Vector128.Equals(nearest, toLeft), left, above);
        return Vector128.ConditionalSelect(Vector128.LessThanOrEqual(nearest, toCorner), side, corner);
    }

    private static void UndoUp(Span<byte> row, ReadOnlySpan<byte> above)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(row[i..]) + new Vector<byte>(above[i..])).CopyTo(row[i..]);
        }

        for (; i < row.Length; i++) row[i] += above[i];
    }

    private static void Undo<TPixel>(int filter, Span<byte> row, ReadOnlySpan<byte> above) where TPixel : IPixel
    {
        switch (filter)
        {
            case 1: UndoSub<TPixel>(row); break;
            case 3: UndoAverage<TPixel>(row, above); break;
            case 4: UndoPaeth<TPixel>(row, above); break;
        }
    }

    private static void UndoSub<TPixel>(Span<byte> row) where TPixel : IPixel
    {
        Vector128<byte> left = Vector128<byte>.Zero;
        for (; row.Length >= TPixel.Size; row = row[TPixel.Size..])
        {
            left += TPixel.Load(row);
            TPixel.Store(left, row);
        }
    }

    private static void UndoAverage<TPixel>(Span<byte> row, ReadOnlySpan<byte> above) where TPixel : IPixel
    {
        Vector128<byte> left = Vector128<byte>.Zero;
        for (; row.Length >= TPixel.Size; row = row[TPixel.Size..], above = above[TPixel.Size..])
        {
            left = TPixel.Load(row) + Average(left, TPixel.Load(above));
            TPixel.Store(left, row);
        }
    }

    private static void UndoPaeth<TPixel>(Span<byte> row, ReadOnlySpan<byte> above) where TPixel : IPixel
    {
        Vector128<byte> left = Vector128<byte>.Zero, corner = Vector128<byte>.Zero;
        for (; row.Length >= TPixel.Size; row = row[TPixel.Size..], above = above[TPixel.Size..])
        {
            Vector128<byte> up = TPixel.Load(above);
            left = TPixel.Load(row) + Paeth(left, up, corner);
            TPixel.Store(left, row);
            corner = up;
        }
    }

    /// <summary>Loads and stores the bytes of one pixel in the lowest lanes of a vector.</summary>
    private interface IPixel
    {
        static abstract int Size { get; }

        static abstract Vector128<byte> Load(ReadOnlySpan<byte> from);

        static abstract void Store(Vector128<byte> pixel, Span<byte> to);
    }

    private readonly struct Pixel1 : IPixel
    {
        public static int Size => 1;

        public static Vector128<byte> Load(ReadOnlySpan<byte> from) => Vector128.CreateScalar(from[0]);

        public static void Store(Vector128<byte> pixel, Span<byte> to) => to[0] = pixel.ToScalar();
    }

    private readonly struct Pixel2 : IPixel
    {
        public static int Size => 2;

        public static Vector128<byte> Load(ReadOnlySpan<byte> from)
            => Vector128.CreateScalar(MemoryMarshal.Read<ushort>(from)).AsByte();

        public static void Store(Vector128<byte> pixel, Span<byte> to)
            => MemoryMarshal.Write(to, pixel.AsUInt16().ToScalar());
    }

    private readonly struct Pixel3 : IPixel
    {
        public static int Size => 3;

        public static Vector128<byte> Load(ReadOnlySpan<byte> from)
            => Vector128.CreateScalar(from[0] | ((uint)from[1] << 8) | ((uint)from[2] << 16)).AsByte();

        public static void Store(Vector128<byte> pixel, Span<byte> to)
        {
            uint bytes = pixel.AsUInt32().ToScalar();
            (to[2], to[1], to[0]) = ((byte)(bytes >> 16), (byte)(bytes >> 8), (byte)bytes);
        }
    }

    private readonly struct Pixel4 : IPixel
    {
        public static int Size => 4;

        public static Vector128<byte> Load(ReadOnlySpan<byte> from)
            => Vector128.CreateScalar(MemoryMarshal.Read<uint>(from)).AsByte();

        public static void Store(Vector128<byte> pixel, Span<byte> to)
            => MemoryMarshal.Write(to, pixel.AsUInt32().ToScalar());
    }

    private readonly struct Pixel6 : IPixel
    {
        public static int Size => 6;

        public static Vector128<byte> Load(ReadOnlySpan<byte> from) => Vector128.CreateScalar(
            MemoryMarshal.Read<uint>(from) | ((ulong)MemoryMarshal.Read<ushort>(from[4..]) << 32)).AsByte();

        public static void Store(Vector128<byte> pixel, Span<byte> to)
        {
            MemoryMarshal.Write(to, pixel.AsUInt32().ToScalar());
            MemoryMarshal.Write(to[4..], pixel.AsUInt16()[2]);
        }
    }

    private readonly struct Pixel8 : IPixel
    {
        public static int Size => 8;

        public static Vector128<byte> Load(ReadOnlySpan<byte> from)
            => Vector128.CreateScalar(MemoryMarshal.Read<ulong>(from)).AsByte();

        public static void Store(Vector128<byte> pixel, Span<byte> to)
            => MemoryMarshal.Write(to, pixel.AsUInt64().ToScalar());
    }
}
