using Atelier.Imaging.Metadata;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The metadata of a picture from application segments.</summary>
internal sealed class JpegMetadata
{
    private readonly IccProfileChunks _profile = new();
    private bool _hasExif;

    /// <summary>Whether there is a JFIF header, which implies that three components are YCbCr.</summary>
    internal bool IsJfif { get; private set; }

    /// <summary>Color transform of an Adobe segment: 0 none, 1 YCbCr, 2 YCCK; null without the segment.</summary>
    internal int? AdobeTransform { get; private set; }

    /// <summary>The orientation of the stored picture.</summary>
    internal Orientation Orientation { get; private set; } = Orientation.Normal;

    /// <summary>The embedded profile, if it is complete.</summary>
    internal IccProfileChunks Profile => _profile;

    internal void ReadSegment(byte marker, ReadOnlySpan<byte> segment)
    {
        switch (marker)
        {
            case JpegMarkers.App0 when segment.StartsWith("JFIF\0"u8):
                IsJfif = true;
                break;
            case JpegMarkers.App1 when segment.StartsWith("Exif\0\0"u8) && !_hasExif:
                _hasExif = true;
                Orientation = Exif.ReadOrientation(segment[6..]);
                break;
            case JpegMarkers.App2 when segment.StartsWith(IccProfileChunks.Signature):
                _profile.Add(segment[IccProfileChunks.Signature.Length..]);
                break;
            case JpegMarkers.App14 when segment.StartsWith("Adobe"u8) && segment.Length >= 12:
                AdobeTransform = segment[11];
                break;
            default:
                break;
        }
    }
}
