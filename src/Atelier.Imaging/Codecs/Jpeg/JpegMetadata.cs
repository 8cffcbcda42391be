using System.Buffers.Binary;
using System.Collections.Immutable;
using Atelier.Imaging.Metadata;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The metadata of a picture in application and comment segments.</summary>
internal sealed class JpegMetadata
{
    private const int MaxSegment = ushort.MaxValue - sizeof(ushort);
    private const double CentimetersPerInch = 2.54;

    private readonly IccProfileChunks _profile = new();
    private readonly Dictionary<string, string> _text = [];
    private PictureMetadata _description = PictureMetadata.None;

    private static ReadOnlySpan<byte> ExifSignature => "Exif\0\0"u8;

    private static ReadOnlySpan<byte> XmpSignature => "http://ns.adobe.com/xap/1.0/\0"u8;

    private static ReadOnlySpan<byte> PhotoshopSignature => "Photoshop 3.0\0"u8;

    /// <summary>Whether there is a JFIF header, which implies that three components are YCbCr.</summary>
    internal bool IsJfif { get; private set; }

    /// <summary>Color transform of an Adobe segment: 0 none, 1 YCbCr, 2 YCCK; null without the segment.</summary>
    internal int? AdobeTransform { get; private set; }

    /// <summary>The orientation of the stored picture.</summary>
    internal Orientation Orientation => _description.Exif is ReadOnlyMemory<byte> exif
        ? ExifBlock.Read(exif.Span)?.Orientation ?? Orientation.Normal
        : Orientation.Normal;

    /// <summary>The embedded profile, if it is complete.</summary>
    internal IccProfileChunks Profile => _profile;

    /// <summary>EXIF, XMP, IPTC and density.</summary>
    internal PictureMetadata Description => _description;

    /// <summary>The texts in comments.</summary>
    internal ImmutableDictionary<string, string> Text => _text.ToImmutableDictionary();

    internal void ReadSegment(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case JpegMarkers.App0 when segment.StartsWith("JFIF\0"u8):
                IsJfif = true;
                ReadDensity(segment[5..]);
                break;
            case JpegMarkers.App1 when segment.StartsWith(ExifSignature) && _description.Exif is null:
                _description = _description with { Exif = segment[ExifSignature.Length..].ToArray() };
                break;
            case JpegMarkers.App1 when segment.StartsWith(XmpSignature) && _description.Xmp is null:
                _description = _description with { Xmp = segment[XmpSignature.Length..].ToArray() };
                break;
            case JpegMarkers.App2 when segment.StartsWith(IccProfileChunks.Signature):
                _profile.Add(segment[IccProfileChunks.Signature.Length..]);
                break;
            case JpegMarkers.App13 when segment.StartsWith(PhotoshopSignature) && _description.Iptc is null:
                _description = _description with
                {
                    Iptc = PhotoshopResources.FindIptc(segment[PhotoshopSignature.Length..]),
                };
                break;
            case JpegMarkers.App14 when segment.StartsWith("Adobe"u8) && segment.Length >= 12:
                AdobeTransform = segment[11];
                break;
            case JpegMarkers.Com:
                (string keyword, string text) = JpegComment.Read(segment);
                _text[keyword] = text;
                break;
            default:
                break;
        }
    }

    /// <summary>Returns the segments that store a picture's metadata, in the order of the file. Blocks that are too
    /// long for a segment are left out.</summary>
    internal static IEnumerable<(byte Marker, byte[] Contents)> SegmentsOf(Picture picture)
    {
        PictureMetadata metadata = picture.Metadata;

        // Version 1.01, no thumbnail; without a resolution, square pixels of no particular size.
        byte[] density = metadata.Resolution is (double x, double y) ? [1, .. Word(x), .. Word(y)] : [0, 0, 1, 0, 1];
        yield return (JpegMarkers.App0, [.. "JFIF\0"u8, 1, 1, .. density, 0, 0]);
        List<(byte, byte[])> optional =
        [
            (JpegMarkers.App1, metadata.Exif is ReadOnlyMemory<byte> exif ? [.. ExifSignature, .. exif.Span] : []),
            (JpegMarkers.App1, metadata.Xmp is ReadOnlyMemory<byte> xmp ? [.. XmpSignature, .. xmp.Span] : []),
            (JpegMarkers.App13, metadata.Iptc is ReadOnlyMemory<byte> iptc
                ? [.. PhotoshopSignature, .. PhotoshopResources.FromIptc(iptc.Span)]
                : []),
            .. IccProfileChunks.Split(picture.IccProfile ?? ReadOnlyMemory<byte>.Empty)
                .Select(part => (JpegMarkers.App2, part)),
            .. picture.Text.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => (JpegMarkers.Com, JpegComment.Write(pair.Key, pair.Value))),
        ];
        foreach ((byte marker, byte[] contents) in optional)
        {
            if (contents.Length is > 0 and <= MaxSegment) yield return (marker, contents);
        }
    }

    private void ReadDensity(ReadOnlySpan<byte> density)
    {
        // Version, unit, and the pixels per unit of both directions; unit 0 gives only their ratio.
        if (density.Length < 7 || density[2] is not (1 or 2)) return;
        double scale = density[2] == 1 ? 1 : CentimetersPerInch;
        (int x, int y) = (BinaryPrimitives.ReadUInt16BigEndian(density[3..]),
            BinaryPrimitives.ReadUInt16BigEndian(density[5..]));
        if (x > 0 && y > 0)
        {
            _description = _description with { Resolution = new PictureResolution(scale * x, scale * y) };
        }
    }

    private static byte[] Word(double value)
    {
        int rounded = (int)Math.Clamp(Math.Round(value), 1, ushort.MaxValue);
        return [(byte)(rounded >> 8), (byte)rounded];
    }
}
