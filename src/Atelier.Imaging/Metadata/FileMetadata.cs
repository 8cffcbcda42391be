using System.Collections.Immutable;

namespace Atelier.Imaging.Metadata;

/// <summary>Checks the metadata of files that are read, and makes it true of those that are written.</summary>
internal static class FileMetadata
{
    /// <summary>Returns a decoded picture without metadata that is damaged, of which a warning tells.</summary>
    internal static Picture Checked(Picture decoded)
    {
        (PictureMetadata metadata, List<string> warnings) = (decoded.Metadata, []);
        if (metadata.Exif is ReadOnlyMemory<byte> block)
        {
            ExifBlock? exif = ExifBlock.Read(block.Span);
            if (exif is null) warnings.Add("The EXIF metadata is damaged and was ignored.");
            metadata = metadata with
            {
                Exif = exif is null ? null : metadata.Exif,
                Resolution = metadata.Resolution ?? exif?.Resolution,
            };
        }

        ImmutableDictionary<string, string> text = decoded.Text;
        if (metadata.Xmp is ReadOnlyMemory<byte> packet)
        {
            XmpPacket? xmp = XmpPacket.Read(packet.Span);
            if (xmp is null)
            {
                warnings.Add("The XMP metadata is damaged or too long, and was ignored.");
                metadata = metadata with { Xmp = null };
            }
            else if (XmpText.IsIn(xmp))
            {
                (ImmutableDictionary<string, string> found, byte[]? rest) = XmpText.Take(xmp);
                text = found.SetItems(text);
                metadata = metadata with { Xmp = rest };
            }
        }

        return metadata == decoded.Metadata ? decoded : decoded.WithText(text).WithMetadata(metadata, warnings);
    }

    /// <summary>Returns a picture with the metadata that is written with it.</summary>
    /// <param name="hasText">Whether the format stores texts; otherwise they become part of XMP.</param>
    internal static Picture Made(Picture picture, EncodeOptions options, bool hasText)
    {
        if (options.StripMetadata)
        {
            return picture.WithMetadata(PictureMetadata.None).WithText(ImmutableDictionary<string, string>.Empty);
        }

        PictureMetadata metadata = picture.Metadata;
        (int width, int height) = (picture.Width, picture.Height);
        byte[]? xmp = XmpPacket.Made(Bytes(metadata.Xmp), width, height, options.KeepLocation);
        return picture.WithMetadata(metadata with
        {
            Exif = ExifBlock.Made(Bytes(metadata.Exif), width, height, options.KeepLocation),
            Xmp = hasText ? xmp : XmpText.Add(xmp, picture.Text),
        });
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlyMemory<byte>? block) => block.GetValueOrDefault().Span;
}
