using NetVips;
using Space = NetVips.Enums.Interpretation;

namespace Atelier.Imaging.Vips;

/// <summary>Makes RGB of other colors. A profile of curves and a matrix is kept with the picture; what needs a table is
/// converted to sRGB here.</summary>
internal static class VipsColors
{
    /// <summary>Whether the colors are converted to sRGB, so that the profile is no longer true.</summary>
    public static bool Converts(Image stored, IccData? profile) => stored.Interpretation switch
    {
        Space.Srgb or Space.Rgb16 or Space.Rgb or Space.Scrgb => profile is { IsRgb: true, HasTable: true },
        Space.Bw or Space.Grey16 or Space.Multiband or Space.Matrix or Space.Histogram => false,
        _ => true,
    };

    /// <summary>Returns an image of gray or RGB samples, with alpha if there was any.</summary>
    /// <param name="stored">The image as it was loaded.</param>
    /// <param name="metadata">Its metadata, which lose a profile that is no longer true.</param>
    public static Image ToRgb(Image stored, ref VipsMetadata metadata)
    {
        if (!Converts(stored, metadata.Profile))
        {
            // A profile of gray does not describe the three channels of the picture.
            if (metadata.Profile is { IsRgb: false }) metadata = metadata with { Profile = null };
            return stored.Copy();
        }

        IccData? profile = metadata.Profile;
        bool isDeep = metadata.BitDepth > 8;
        metadata = metadata with { Profile = null, IsShifted = false, StoredBits = isDeep ? 16 : 8 };
        return stored.Interpretation switch
        {
            Space.Cmyk => Transform(stored, isDeep, profile is { IsCmyk: true }, "cmyk"),
            Space.Srgb or Space.Rgb16 or Space.Rgb or Space.Scrgb => Transform(Whole(stored), isDeep, true, "srgb"),
            _ => stored.Colourspace(isDeep ? Space.Rgb16 : Space.Srgb),
        };
    }

    private static Image Transform(Image stored, bool isDeep, bool isEmbedded, string otherwise)
        => stored.IccTransform(
            "srgb", embedded: isEmbedded, inputProfile: otherwise, intent: Enums.Intent.Relative,
            blackPointCompensation: true, depth: isDeep ? 16 : 8);

    /// <summary>Returns whole numbers, because a profile is applied to nothing else.</summary>
    private static Image Whole(Image stored)
        => stored.Format is Enums.BandFormat.Uchar or Enums.BandFormat.Ushort ? stored
            : (stored * 65535.0).Cast(Enums.BandFormat.Ushort).Copy(interpretation: Space.Rgb16);
}
