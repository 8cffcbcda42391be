using System.Buffers.Binary;
using Atelier.Imaging;

namespace Atelier.Testing;

/// <summary>Metadata made for a test.</summary>
internal static class TestMetadata
{
    /// <summary>The bytes of the thumbnail in <see cref="Exif"/>.</summary>
    internal static readonly byte[] Thumbnail = [0xFF, 0xD8, .. "thumbnail"u8, 0xFF, 0xD9];

    /// <summary>A little-endian block: camera, orientation 6, 300 dots per inch, a size, a position and a
    /// thumbnail.</summary>
    internal static byte[] Exif { get; } = BuildExif();

    /// <summary>A packet with orientation, size, position and a title.</summary>
    internal static byte[] Xmp { get; } =
    [
        .. """
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
          xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
          tiff:Orientation="6" exif:GPSLatitude="48,8.5N" exif:PixelXDimension="4000">
        <exif:GPSLongitude>11,34.5E</exif:GPSLongitude><exif:PixelYDimension>3000</exif:PixelYDimension>
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Zoë am See</rdf:li></rdf:Alt></dc:title>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        <?xpacket end="w"?>
        """u8,
    ];

    /// <summary>The record of an author.</summary>
    internal static byte[] Iptc { get; } = [0x1C, 2, 80, 0, 3, .. "Ann"u8];

    /// <summary>Everything.</summary>
    internal static PictureMetadata Full { get; } = new()
    {
        Exif = Exif,
        Xmp = Xmp,
        Iptc = Iptc,
        Resolution = new PictureResolution(300, 300),
    };

    private static byte[] BuildExif()
    {
        const int First = 8, Fields = 6, Details = First + 2 + (Fields * 12) + 4, Gps = Details + 30, Second = Gps + 30,
            Data = Second + 30;
        byte[] block = new byte[Data + 40 + Thumbnail.Length];
        ((byte[])[.. "II*\0"u8, First]).CopyTo(block, 0);
        void Number(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(at), value);
        void Fill(int directory, params (int Tag, int Type, int Count, int Value)[] fields)
        {
            block[directory] = (byte)fields.Length;
            foreach ((int i, (int tag, int type, int count, int value)) in fields.Index())
            {
                int entry = directory + 2 + (12 * i);
                Number(entry, tag | (type << 16));
                Number(entry + 4, count);
                Number(entry + 8, value);
            }
        }

        Fill(First, (0x010F, 2, 8, Data), (0x0112, 3, 1, 6), (0x011A, 5, 1, Data + 8), (0x011B, 5, 1, Data + 8),
            (0x8769, 4, 1, Details), (0x8825, 4, 1, Gps));
        Number(First + 2 + (Fields * 12), Second);
        Fill(Details, (0xA002, 4, 1, 4000), (0xA003, 3, 1, 3000));
        Fill(Gps, (1, 2, 2, 'N'), (2, 5, 3, Data + 16));
        Fill(Second, (0x0201, 4, 1, Data + 40), (0x0202, 4, 1, Thumbnail.Length));
        "Camera\0\0"u8.CopyTo(block.AsSpan(Data));
        (int, int)[] ratios = [(300, 1), (48, 1), (8, 1), (5123, 100)];
        foreach ((int i, (int above, int below)) in ratios.Index())
        {
            Number(Data + 8 + (8 * i), above);
            Number(Data + 12 + (8 * i), below);
        }

        Thumbnail.CopyTo(block, Data + 40);
        return block;
    }
}
