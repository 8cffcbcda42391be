using System.Collections.Immutable;
using NetVips;

namespace Atelier.Imaging.Vips;

/// <summary>What a file says about its pixels. All that is read beside the pixels is read here.</summary>
internal sealed record VipsMetadata
{
    private const string ProfileField = "icc-profile-data";

    /// <summary>Bits of a stored sample.</summary>
    public required int StoredBits { get; init; }

    /// <summary>How the pixels are made upright; applied by some decoders already, which then say so.</summary>
    public Orientation Orientation { get; init; } = Orientation.Normal;

    /// <summary>The profile, of whatever kind; null for none.</summary>
    public IccData? Profile { get; init; }

    /// <summary>What was done to the pixels that the user should know of.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Whether the bits of the stored samples are the upper ones of 16.</summary>
    public bool IsShifted { get; init; }

    /// <summary>Bits per sample of the picture that is made of it.</summary>
    public int BitDepth => Math.Clamp(StoredBits, 8, 16);

    /// <summary>Reads the fields of an image whose pixels need not be decoded for this.</summary>
    public static VipsMetadata Read(Image image)
    {
        int turn = Number(image, "orientation") ?? 1;
        return new VipsMetadata
        {
            StoredBits = Number(image, "bits-per-sample") ?? VipsPixels.BitsOf(image.Format),
            Orientation = turn is >= 1 and <= 8 ? (Orientation)turn : Orientation.Normal,
            Profile = image.Contains(ProfileField) && image.Get(ProfileField) is byte[] { Length: > 0 } profile
                ? new IccData(profile) : null,
            IsShifted = image.Contains("heif-compression"),
        };
    }

    /// <summary>Stores in an image what is written with it.</summary>
    public static Image Attach(Image image, Picture picture)
        => picture.IccProfile is ReadOnlyMemory<byte> profile
            ? image.Mutate(fields => fields.Set(GValue.BlobType, ProfileField, profile.ToArray()))
            : image;

    /// <summary>Returns the properties of the picture.</summary>
    public PictureInfo Describe(string format, Image stored)
        => PictureInfo.Create(format, stored.Width, stored.Height, Orientation) with
        {
            BitDepth = BitDepth,
            HasAlpha = stored.HasAlpha(),
            HasIccProfile = Profile is { IsRgb: true } && !VipsColors.Converts(stored, Profile),
        };

    private static int? Number(Image image, string field)
        => image.Contains(field) && image.Get(field) is int number ? number : null;
}
