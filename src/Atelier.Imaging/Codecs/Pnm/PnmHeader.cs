using System.Numerics;

namespace Atelier.Imaging.Codecs.Pnm;

/// <summary>The header of a PNM picture.</summary>
/// <param name="Kind">1 to 6, as in P1 to P6.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Highest">The sample that stands for white.</param>
internal readonly record struct PnmHeader(int Kind, int Width, int Height, int Highest)
{
    /// <summary>Whether samples are written as text.</summary>
    public bool IsText => Kind <= 3;

    /// <summary>Whether pixels are only black or white.</summary>
    public bool IsBitmap => Kind is 1 or 4;

    /// <summary>Samples per pixel.</summary>
    public int Channels => Kind is 3 or 6 ? 3 : 1;

    /// <summary>Bits per sample, 1–16.</summary>
    public int BitDepth => BitOperations.Log2((uint)Highest) + 1;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The file from its first byte on.</param>
    /// <param name="limits">The sizes that are accepted.</param>
    /// <param name="reader">Receives the reader, positioned at the first sample.</param>
    /// <exception cref="ImageFormatException">The header is malformed or exceeds the limits.</exception>
    public static PnmHeader Parse(ReadOnlySpan<byte> file, DecodeLimits limits, out PnmReader reader)
    {
        int kind = file[1] - '0';
        reader = new PnmReader(file[2..]);
        int width = reader.ReadNumber("width", int.MaxValue), height = reader.ReadNumber("height", int.MaxValue);
        limits.Check("PNM", width, height);
        int highest = kind is 1 or 4 ? 1 : reader.ReadNumber("largest sample", ushort.MaxValue);
        if (highest == 0) throw new ImageFormatException("PNM: the maximum sample value is 0.");
        if (kind > 3) reader.SkipSeparator();
        return new PnmHeader(kind, width, height, highest);
    }

    /// <summary>Whether the header is complete in the first bytes of a file, that is, whether anything follows its
    /// numbers.</summary>
    public static bool IsWholeIn(ReadOnlySpan<byte> start)
    {
        try
        {
            PnmReader reader = new(start[2..]);
            for (int numbers = start[1] is (byte)'1' or (byte)'4' ? 2 : 3; numbers > 0; numbers--)
            {
                reader.ReadNumber("header", int.MaxValue);
            }

            return !reader.Rest.IsEmpty;
        }
        catch (ImageFormatException)
        {
            return false;
        }
    }
}
