using Atelier.Imaging.Profiles;
using NetVips;
using Space = NetVips.Enums.Interpretation;

namespace Atelier.Imaging.Vips;

/// <summary>Tells the color models of images.</summary>
internal static class VipsColors
{
    /// <summary>Returns the color model of the samples, in the words of <see cref="EmbeddedProfile.Accept"/>; null for
    /// one that libvips has to convert, such as Lab.</summary>
    public static string? ModelOf(Image stored) => stored.Interpretation switch
    {
        Space.Srgb or Space.Rgb16 or Space.Rgb or Space.Scrgb => "RGB",
        Space.Cmyk when stored.Bands >= 4 => "CMYK",
        Space.Bw or Space.Grey16 => "GRAY",
        Space.Multiband or Space.Matrix or Space.Histogram => stored.Bands >= 3 ? "RGB" : "GRAY",
        _ => null,
    };

    /// <summary>Returns an image of gray, RGB or CMYK, with alpha if there was any.</summary>
    /// <param name="stored">The image as it was loaded.</param>
    /// <param name="metadata">Its metadata, which change if the colors do.</param>
    public static Image ToKnownModel(Image stored, ref VipsMetadata metadata)
    {
        if (metadata.Model is not null) return stored.Copy();
        bool isDeep = metadata.BitDepth > 8;
        metadata = metadata with { Model = "RGB", Profile = null, IsShifted = false, StoredBits = isDeep ? 16 : 8 };

        // Files mean Lab relative to D50, as profiles do, which the other conversion takes for relative to D65.
        return stored.Interpretation is Space.Lab or Space.Labs or Space.Labq
            ? stored.IccExport(
                outputProfile: "srgb", pcs: Enums.PCS.Lab, intent: Enums.Intent.Relative, depth: metadata.StoredBits)
            : stored.Colourspace(isDeep ? Space.Rgb16 : Space.Srgb);
    }
}
