using System.Buffers.Binary;
using System.Text;

namespace Atelier.Imaging.Profiles;

/// <summary>Writes ICC profiles of version 4.3 for color spaces that a file describes in another way.</summary>
internal static class IccWriter
{
    private const int HeaderLength = 128, EntryLength = 12;

    /// <summary>Returns the profile of a space of RGB with parametric curves.</summary>
    /// <param name="space">The color space.</param>
    /// <param name="name">Its name, which programs show.</param>
    /// <param name="white">Chromaticity of its white.</param>
    internal static byte[] Write(ColorSpace space, string name, (double X, double Y) white)
    {
        double[] m = space.ToXyz.Values;
        byte[] curve = Curve(space.Curves[0]);
        (string Signature, byte[] Data)[] tags =
        [
            ("desc", Text(name)), ("cprt", Text("CC0")), ("wtpt", Xyz(ColorMatrix.D50)),
            ("chad", [.. "sf32"u8, 0, 0, 0, 0, .. ColorMatrix.AdaptationFrom(white).Values.SelectMany(Fixed)]),
            ("rXYZ", Xyz([m[0], m[3], m[6]])), ("gXYZ", Xyz([m[1], m[4], m[7]])), ("bXYZ", Xyz([m[2], m[5], m[8]])),
            ("rTRC", curve), ("gTRC", curve), ("bTRC", curve),
        ];
        List<byte> table = [.. Number(tags.Length)], data = [];
        foreach ((string signature, byte[] tag) in tags)
        {
            int offset = HeaderLength + 4 + (tags.Length * EntryLength) + data.Count;
            table.AddRange([.. Encoding.ASCII.GetBytes(signature), .. Number(offset), .. Number(tag.Length)]);
            data.AddRange([.. tag, .. new byte[-tag.Length & 3]]);
        }

        byte[] header = new byte[HeaderLength];
        Number(HeaderLength + table.Count + data.Count).CopyTo(header, 0);
        Number(0x04300000).CopyTo(header, 8);
        "mntrRGB XYZ "u8.CopyTo(header.AsSpan(12));

        // Any valid date will do; a fixed one gives the same bytes every time.
        ((byte[])[0x07, 0xE8, 0, 1, 0, 1]).CopyTo(header, 24);
        "acsp"u8.CopyTo(header.AsSpan(36));
        Xyz(ColorMatrix.D50)[8..].CopyTo(header, 68);
        return [.. header, .. table, .. data];
    }

    private static byte[] Curve(ToneCurve curve)
    {
        (int type, double[] parameters) = curve.Formula
            ?? throw new InvalidOperationException("Only parametric curves can be written.");
        return [.. "para"u8, 0, 0, 0, 0, 0, (byte)type, 0, 0, .. parameters.SelectMany(Fixed)];
    }

    private static byte[] Xyz(double[] values) => [.. "XYZ "u8, 0, 0, 0, 0, .. values.SelectMany(Fixed)];

    private static byte[] Text(string text) =>
    [
        .. "mluc"u8, 0, 0, 0, 0, .. Number(1), .. Number(12), .. "enUS"u8, .. Number(2 * text.Length), .. Number(28),
        .. Encoding.BigEndianUnicode.GetBytes(text),
    ];

    private static byte[] Fixed(double value) => Number((int)Math.Round(value * 65536));

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
