using System.Buffers.Binary;
using Atelier.Imaging.Profiles;

namespace Atelier.Imaging.Vips;

/// <summary>Finds the code points (nclx) of the colors of an AVIF picture in the boxes of its header (ISO/IEC 23008-12,
/// 14496-12), which libvips ignores.</summary>
internal static class AvifColors
{
    private const int Unspecified = 2, Bt709 = 1, Srgb = 13;

    /// <summary>Returns the color space of the main picture; null if the file declares none.</summary>
    /// <param name="file">The whole file, which may be damaged.</param>
    /// <param name="warn">Receives a warning about code points that are not supported.</param>
    public static CodePoints? Find(ReadOnlySpan<byte> file, Action<string> warn)
    {
        ReadOnlySpan<byte> colors = MainColors(file);
        if (colors.Length < 8) return null;
        (int primaries, int transfer) =
            (BinaryPrimitives.ReadUInt16BigEndian(colors[4..]), BinaryPrimitives.ReadUInt16BigEndian(colors[6..]));
        try
        {
            return CodePoints.Create(
                primaries == Unspecified ? Bt709 : primaries, transfer == Unspecified ? Srgb : transfer);
        }
        catch (ImageFormatException error)
        {
            warn($"AVIF nclx: ignored, because {error.Message}.");
            return null;
        }
    }

    /// <summary>Returns the contents of the nclx box that belongs to the main picture; empty for none.</summary>
    private static ReadOnlySpan<byte> MainColors(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> meta = Skip(Box(file, "meta"u8), 4), main = Box(meta, "pitm"u8);
        ReadOnlySpan<byte> properties = Box(meta, "iprp"u8), list = Box(properties, "ipco"u8);
        uint item = main.Length < 6 ? 0 : main[0] == 0 || main.Length < 8
            ? BinaryPrimitives.ReadUInt16BigEndian(main[4..]) : BinaryPrimitives.ReadUInt32BigEndian(main[4..]);
        foreach (int index in PropertiesOf(item, Box(properties, "ipma"u8)))
        {
            ReadOnlySpan<byte> colors = Property(list, index);
            if (colors.StartsWith("nclx"u8)) return colors;
        }

        return [];
    }

    /// <summary>Returns the numbers, from 1, of the properties of an item.</summary>
    private static List<int> PropertiesOf(uint item, ReadOnlySpan<byte> associations)
    {
        if (associations.Length < 8) return [];
        int idLength = associations[0] < 1 ? 2 : 4, numberLength = (associations[3] & 1) == 0 ? 1 : 2;
        uint count = BinaryPrimitives.ReadUInt32BigEndian(associations[4..]);
        ReadOnlySpan<byte> rest = associations[8..];
        for (; count > 0 && rest.Length > idLength; count--)
        {
            uint id = idLength == 2
                ? BinaryPrimitives.ReadUInt16BigEndian(rest) : BinaryPrimitives.ReadUInt32BigEndian(rest);
            int numbers = rest[idLength];
            rest = rest[(idLength + 1)..];
            if (rest.Length < numbers * numberLength) break;
            List<int> found = [];
            for (int i = 0; i < numbers; i++)
            {
                // The uppermost bit says whether a reader must know the property.
                found.Add(numberLength == 1
                    ? rest[i] & 0x7F : BinaryPrimitives.ReadUInt16BigEndian(rest[(2 * i)..]) & 0x7FFF);
            }

            if (id == item) return found;
            rest = rest[(numbers * numberLength)..];
        }

        return [];
    }

    /// <summary>Returns the contents of the property of a number if it tells colors; otherwise nothing.</summary>
    private static ReadOnlySpan<byte> Property(ReadOnlySpan<byte> list, int index)
    {
        Boxes boxes = new(list);
        for (; boxes.MoveNext(); index--)
        {
            if (index == 1) return boxes.Kind.SequenceEqual("colr"u8) ? boxes.Contents : [];
        }

        return [];
    }

    /// <summary>Returns the contents of the first box of a kind; empty for none.</summary>
    private static ReadOnlySpan<byte> Box(ReadOnlySpan<byte> list, ReadOnlySpan<byte> kind)
    {
        Boxes boxes = new(list);
        while (boxes.MoveNext())
        {
            if (boxes.Kind.SequenceEqual(kind)) return boxes.Contents;
        }

        return [];
    }

    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> contents, int count)
        => contents.Length < count ? [] : contents[count..];

    /// <summary>Boxes one after another.</summary>
    private ref struct Boxes(ReadOnlySpan<byte> list)
    {
        private ReadOnlySpan<byte> _rest = list;

        /// <summary>Four letters.</summary>
        public ReadOnlySpan<byte> Kind { get; private set; }

        public ReadOnlySpan<byte> Contents { get; private set; }

        /// <summary>Takes the next box; false at the end, or where the rest is damaged.</summary>
        public bool MoveNext()
        {
            if (_rest.Length < 8) return false;
            ulong length = BinaryPrimitives.ReadUInt32BigEndian(_rest);
            int start = 8;

            // Special lengths: 0 extends to the end, 1 is followed by the length in 64 bits.
            if (length == 0) length = (ulong)_rest.Length;
            if (length == 1 && _rest.Length >= 16)
                (length, start) = (BinaryPrimitives.ReadUInt64BigEndian(_rest[8..]), 16);
            if (length < (ulong)start || length > (ulong)_rest.Length) return false;
            Kind = _rest.Slice(4, 4);
            Contents = _rest[start..(int)length];
            _rest = _rest[(int)length..];
            return true;
        }
    }
}
