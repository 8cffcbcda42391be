using System.Buffers.Binary;
using System.Text;

namespace Atelier.Imaging.Profiles;

/// <summary>Reads ICC profiles of versions 2 and 4 (ICC.1) that consist of primaries and curves.</summary>
internal ref struct IccReader
{
    private const int HeaderLength = 128, EntryLength = 12, MaxTags = 1000;
    private readonly ReadOnlySpan<byte> _profile;
    private readonly int _tagCount;

    private IccReader(ReadOnlySpan<byte> profile)
    {
        _profile = profile;
        if (profile.Length < HeaderLength + 4 || !profile[36..].StartsWith("acsp"u8))
        {
            throw new ImageFormatException("its header is malformed");
        }

        uint count = BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderLength..]);
        _tagCount = count <= MaxTags && HeaderLength + 4 + (count * EntryLength) <= profile.Length
            ? (int)count
            : throw new ImageFormatException($"it declares {count} tags, which do not fit into it");
    }

    /// <summary>Returns the color model of the samples that a profile describes, such as "RGB", "GRAY" or
    /// "CMYK".</summary>
    /// <exception cref="ImageFormatException">The header is malformed.</exception>
    internal static string ModelOf(ReadOnlySpan<byte> profile)
        => Encoding.Latin1.GetString(new IccReader(profile)._profile.Slice(16, 4)).TrimEnd();

    /// <summary>Reads a profile of RGB or gray.</summary>
    /// <returns>The color space; null if it is described by tables, which only a converter can apply, or is of another
    /// model.</returns>
    /// <exception cref="ImageFormatException">The profile is damaged; the message says how.</exception>
    internal static ColorSpace? Read(ReadOnlySpan<byte> profile)
    {
        IccReader reader = new(profile);
        bool isXyz = profile[20..].StartsWith("XYZ "u8);
        switch (ModelOf(profile))
        {
            case "GRAY" when isXyz && reader.Has("kTRC"u8):
                return ColorSpace.Gray(reader.Curve("kTRC"u8));
            case "RGB" when isXyz && reader.Has("rXYZ"u8) && reader.Has("rTRC"u8) && !reader.PrefersTables():
                double[] r = reader.Xyz("rXYZ"u8), g = reader.Xyz("gXYZ"u8), b = reader.Xyz("bXYZ"u8);
                ColorMatrix toXyz = new([r[0], g[0], b[0], r[1], g[1], b[1], r[2], g[2], b[2]]);
                return new ColorSpace(toXyz, reader.Curves());
            case "GRAY" when reader.Has("kTRC"u8):
                return null;
            default:
                _ = reader.HasTables ? reader.Tag(reader.Has("A2B0"u8) ? "A2B0"u8 : "A2B1"u8)
                    : throw new ImageFormatException("it has neither primaries nor tables");
                return null;
        }
    }

    private readonly bool HasTables => Has("A2B0"u8) || Has("A2B1"u8);

    /// <summary>Whether tables are to be applied although there are primaries, which are less exact.</summary>
    private readonly bool PrefersTables() => HasTables && ProfileConverters.Available is not null;

    private readonly ToneCurve[] Curves()
    {
        ToneCurve red = Curve("rTRC"u8);
        ReadOnlySpan<byte> first = Tag("rTRC"u8), second = Tag("gTRC"u8), third = Tag("bTRC"u8);

        // Equal curves share their tables.
        ToneCurve green = second.SequenceEqual(first) ? red : Curve("gTRC"u8);
        ToneCurve blue = third.SequenceEqual(first) ? red : Curve("bTRC"u8);
        return [red, green, blue];
    }

    private readonly bool Has(ReadOnlySpan<byte> signature) => Find(signature) >= 0;

    private readonly int Find(ReadOnlySpan<byte> signature)
    {
        for (int i = 0; i < _tagCount; i++)
        {
            int entry = HeaderLength + 4 + (i * EntryLength);
            if (_profile[entry..].StartsWith(signature)) return entry;
        }

        return -1;
    }

    private readonly ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> signature)
    {
        string name = Encoding.Latin1.GetString(signature);
        int entry = Find(signature);
        if (entry < 0) throw new ImageFormatException($"its tag {name} is missing");
        uint offset = BinaryPrimitives.ReadUInt32BigEndian(_profile[(entry + 4)..]);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_profile[(entry + 8)..]);
        return offset <= _profile.Length && length <= _profile.Length - offset
            ? _profile.Slice((int)offset, (int)length)
            : throw new ImageFormatException($"its tag {name} is cut off");
    }

    private readonly double[] Xyz(ReadOnlySpan<byte> signature)
    {
        ReadOnlySpan<byte> tag = Tag(signature);
        if (tag.Length < 20 || !tag.StartsWith("XYZ "u8)) throw Malformed(signature);
        return [Fixed(tag[8..]), Fixed(tag[12..]), Fixed(tag[16..])];
    }

    private readonly ToneCurve Curve(ReadOnlySpan<byte> signature)
    {
        ReadOnlySpan<byte> tag = Tag(signature);
        if (tag.Length < 12) throw Malformed(signature);
        ToneCurve curve = tag.StartsWith("curv"u8) ? Table(tag, signature)
            : tag.StartsWith("para"u8) ? Formula(tag, signature)
            : throw Malformed(signature);
        return curve.Rises ? curve : throw new ImageFormatException("a tone curve does not rise");
    }

    private static ToneCurve Table(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> signature)
    {
        uint count = BinaryPrimitives.ReadUInt32BigEndian(tag[8..]);
        if (count > (tag.Length - 12) / 2) throw Malformed(signature);
        ushort[] samples = new ushort[count];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadUInt16BigEndian(tag[(12 + (2 * i))..]);
        return samples switch
        {
            [] => ToneCurve.Parametric(0, [1]),
            [ushort gamma] => ToneCurve.Parametric(0, [gamma / 256d]),
            _ => ToneCurve.FromSamples(samples),
        };
    }

    private static ToneCurve Formula(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> signature)
    {
        int type = BinaryPrimitives.ReadUInt16BigEndian(tag[8..]);
        int count = type switch { 0 => 1, 1 => 3, 2 => 4, 3 => 5, 4 => 7, _ => 0 };
        if (tag.Length < 12 + (4 * count)) throw Malformed(signature);
        double[] parameters = new double[count];
        for (int i = 0; i < count; i++) parameters[i] = Fixed(tag[(12 + (4 * i))..]);
        return ToneCurve.Parametric(type, parameters);
    }

    private static double Fixed(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes) / 65536d;

    private static ImageFormatException Malformed(ReadOnlySpan<byte> signature)
        => new($"its tag {Encoding.Latin1.GetString(signature)} is malformed");
}
