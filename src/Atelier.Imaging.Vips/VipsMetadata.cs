using System.Collections.Immutable;
using Atelier.Imaging.Profiles;
using NetVips;

namespace Atelier.Imaging.Vips;

/// <summary>What a file says about its pixels. All that is read and written beside the pixels is read and written here.
/// </summary>
internal sealed record VipsMetadata
{
    /// <summary>Field of the profile.</summary>
    public const string ProfileField = "icc-profile-data";

    private const string ExifField = "exif-data", XmpField = "xmp-data",
        UnitField = "resolution-unit";
    private const double MillimetersPerInch = 25.4;

    /// <summary>Bits of a stored sample.</summary>
    public required int StoredBits { get; init; }

    /// <summary>How the pixels are made upright; applied by some decoders already, which then say so.</summary>
    public Orientation Orientation { get; init; } = Orientation.Normal;

    /// <summary>The color model of the samples, as in <see cref="VipsColors.ModelOf"/>.</summary>
    public string? Model { get; init; }

    /// <summary>The profile, which describes the samples; null for none.</summary>
    public byte[]? Profile { get; init; }

    /// <summary>How the samples are converted to sRGB if not by the profile; null for sRGB.</summary>
    public StoredColors? Colors { get; init; }

    /// <summary>EXIF, XMP and resolution, as far as libvips knows them.</summary>
    public PictureMetadata Blocks { get; init; } = PictureMetadata.None;

    /// <summary>What was done to the pixels that the user should know of.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Whether the bits of the stored samples are the upper ones of 16.</summary>
    public bool IsShifted { get; init; }

    /// <summary>Bits per sample of the picture that is made of it.</summary>
    public int BitDepth => Math.Clamp(StoredBits, 8, 16);

    /// <summary>Reads the fields of an image whose pixels need not be decoded for this.</summary>
    /// <param name="image">The image as it was loaded.</param>
    /// <param name="declared">The color space that the file declares beside them; null for none.</param>
    /// <param name="warnings">Warnings about the file so far.</param>
    public static VipsMetadata Read(Image image, CodePoints? declared, params IEnumerable<string> warnings)
    {
        string? model = VipsColors.ModelOf(image);
        List<string> all = [.. warnings];
        byte[]? profile = model is not null && Block(image, ProfileField) is byte[] embedded
            ? EmbeddedProfile.Accept(embedded, model, problem => all.Add($"The ICC profile {problem}.")) : null;
        int turn = Number(image, "orientation") ?? 1;
        return new VipsMetadata
        {
            StoredBits = Number(image, "bits-per-sample") ?? VipsPixels.BitsOf(image.Format),
            Orientation = turn is >= 1 and <= 8 ? (Orientation)turn : Orientation.Normal,
            Model = model,
            Profile = profile ?? declared?.Profile,
            Colors = profile is not null ? null : declared?.Hdr,
            Warnings = [.. all],
            Blocks = new PictureMetadata
            {
                Exif = WithoutPrefix(Block(image, ExifField)),
                Xmp = Block(image, XmpField),
                Resolution = image.Contains(UnitField) && !image.Contains(ExifField)
                    ? new PictureResolution(image.Xres * MillimetersPerInch, image.Yres * MillimetersPerInch)
                    : null,
            },
            IsShifted = image.Contains("heif-compression"),
        };
    }

    /// <summary>Returns which fields of an image are written. Without metadata, libvips would write an EXIF block of
    /// its own.</summary>
    public static Enums.ForeignKeep Kept(Picture picture)
        => Enums.ForeignKeep.Icc | Enums.ForeignKeep.Xmp
            | (picture.Metadata is { Exif: null, Resolution: null } ? 0 : Enums.ForeignKeep.Exif);

    /// <summary>Stores in an image what is written with it.</summary>
    public static Image Attach(Image image, Picture picture)
    {
        PictureMetadata metadata = picture.Metadata;
        PictureResolution resolution = metadata.Resolution ?? new PictureResolution(72, 72);
        using Image sized = image.Copy(
            xres: resolution.X / MillimetersPerInch, yres: resolution.Y / MillimetersPerInch);
        return sized.Mutate(fields =>
        {
            void Set(string field, ReadOnlyMemory<byte>? block, ReadOnlySpan<byte> prefix = default)
            {
                if (block is ReadOnlyMemory<byte> bytes)
                {
                    fields.Set(GValue.BlobType, field, (byte[])[.. prefix, .. bytes.Span]);
                }
            }

            Set(ProfileField, picture.IccProfile);
            Set(ExifField, metadata.Exif, ExifPrefix);
            Set(XmpField, metadata.Xmp);
        });
    }

    /// <summary>Returns the properties of the picture.</summary>
    public PictureInfo Describe(string format, Image stored)
        => PictureInfo.Create(format, stored.Width, stored.Height, Orientation) with
        {
            BitDepth = BitDepth,
            HasAlpha = stored.HasAlpha(),
            HasIccProfile = EmbeddedProfile.IsKept(Profile),
        };

    private static ReadOnlySpan<byte> ExifPrefix => "Exif\0\0"u8;

    private static byte[]? WithoutPrefix(byte[]? exif)
        => exif.AsSpan().StartsWith(ExifPrefix) ? exif.AsSpan(ExifPrefix.Length).ToArray() : exif;

    private static byte[]? Block(Image image, string field)
        => image.Contains(field) && image.Get(field) is byte[] { Length: > 0 } block ? block : null;

    private static int? Number(Image image, string field)
        => image.Contains(field) && image.Get(field) is int number ? number : null;
}
