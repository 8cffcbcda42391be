using System.Buffers.Binary;
using Atelier.Imaging.Profiles;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Reads the segments before the first scan of a JPEG file.</summary>
internal static class JpegHeaders
{
    /// <summary>Returns the properties of the picture.</summary>
    /// <exception cref="ImageFormatException">The segments are damaged, unsupported or exceed the limits.</exception>
    internal static PictureInfo Read(HeaderReader reader, DecodeLimits limits)
    {
        JpegMetadata metadata = new();
        JpegFrame? frame = null;
        reader.Skip(2);
        for (byte marker = NextMarker(reader); marker != JpegMarkers.Sos; marker = NextMarker(reader))
        {
            if (marker == JpegMarkers.Eoi)
            {
                throw new ImageFormatException("JPEG: the file ends before a scan; there is no picture in it.");
            }

            if (JpegMarkers.IsStandalone(marker))
            {
                continue;
            }

            string place = $"JPEG marker FF{marker:X2}";
            int length = BinaryPrimitives.ReadUInt16BigEndian(reader.Take(2));
            byte[] segment = length >= 2
                ? reader.Take(length - 2)
                : throw new ImageFormatException($"{place}: a segment of {length} bytes.");
            if (!JpegMarkers.IsFrame(marker))
            {
                metadata.ReadSegment(marker, segment);
                continue;
            }

            if (frame is not null)
            {
                throw new ImageFormatException($"{place}: a second frame; a file may hold only one picture.");
            }

            if (JpegFrame.HasLateHeight(segment))
            {
                // The only kind of picture whose height is unknown without its pixels.
                byte[] rest = reader.TakeRest();
                frame = JpegFrame.ReadHeader(marker, segment, place, rest, limits);
                reader = new HeaderReader(new MemoryStream(rest), "JPEG");
                continue;
            }

            frame = JpegFrame.ReadHeader(marker, segment, place, [], limits);
        }

        return frame is null
            ? throw new ImageFormatException("JPEG: a scan before the frame header.")
            : PictureInfo.Create("JPEG", frame.Width, frame.Height, metadata.Orientation) with
            {
                HasIccProfile = EmbeddedProfile.IsKept(
                    JpegColor.ProfileOf(JpegColor.Model(frame.Components, metadata), metadata, _ => { })),
            };
    }

    /// <summary>Finds the next marker. Stuffed zeros and fill bytes are not markers.</summary>
    private static byte NextMarker(HeaderReader reader)
    {
        for (byte last = 0; ;)
        {
            byte next = reader.Take(1)[0];
            if (last == JpegMarkers.Prefix && next is not (0 or JpegMarkers.Prefix))
            {
                return next;
            }

            last = next;
        }
    }
}
