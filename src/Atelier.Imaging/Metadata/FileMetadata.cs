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

        if (metadata.Xmp is ReadOnlyMemory<byte> packet && XmpPacket.Read(packet.Span) is null)
        {
            warnings.Add("The XMP metadata is damaged or too long, and was ignored.");
            metadata = metadata with { Xmp = null };
        }

        return metadata == decoded.Metadata ? decoded : decoded.WithMetadata(metadata, warnings);
    }

    /// <summary>Returns a picture with the metadata that is written with it.</summary>
    internal static Picture Made(Picture picture, EncodeOptions options)
    {
        if (options.StripMetadata)
        {
            return picture.WithMetadata(PictureMetadata.None).WithText(ImmutableDictionary<string, string>.Empty);
        }

        PictureMetadata metadata = picture.Metadata;
        (int width, int height) = (picture.Width, picture.Height);
        return metadata == PictureMetadata.None ? picture : picture.WithMetadata(metadata with
        {
            Exif = ExifBlock.Made(Bytes(metadata.Exif), width, height, options.KeepLocation),
            Xmp = XmpPacket.Made(Bytes(metadata.Xmp), width, height, options.KeepLocation),
        });
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlyMemory<byte>? block) => block.GetValueOrDefault().Span;
}
